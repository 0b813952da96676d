/**
 * The names of HTML's elements that a text may hold, shown or left out. Not among them are those
 * that would take the text behind them for their own (`title`, `textarea`, `xmp`) or drop it
 * (`option`): to a writer they are words.
 */
const known = new Set(
  (
    'a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink blockquote body br button canvas caption center cite code col colgroup ' +
    'data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame frameset ' +
    'h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link ' +
    'main map mark marquee math menu meta meter nav nobr noframes noscript object ol optgroup output p param picture portal pre progress q ' +
    'rp rt ruby s samp script search section select slot small source span strike strong style sub summary sup svg ' +
    'table tbody td template tfoot th thead time tr track tt u ul var video wbr'
  ).split(' '),
);

/** HTML in which tags that HTML does not know, as `<host>`, are the text that they were typed as. The rest is as it was. */
export function unknownTagsAsText(html: string): string {
  // No tag ends behind the last `>`, and looking for that from each `<` would take long.
  const end = html.lastIndexOf('>') + 1;
  const tags = html
    .slice(0, end)
    .replaceAll(/<\/?([a-z][^\s/>]*)[^>]*>/gi, (tag, name: string) =>
      known.has(name.toLowerCase()) ? tag : tag.replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
    );
  return `${tags}${html.slice(end)}`;
}
