import { quote } from '../../src/schema/text.ts';
import type { Note } from './note.ts';

/**
 * Images that the other page kept beside itself, with their whole address there; where that is not
 * known, a link in the place of the image, which a reader can at least ask about.
 */
export function absoluteImages(body: string, baseUrl: string | null, note: Note): string {
  const whole = (address: string): string | null => {
    if (/^https:\/\//i.test(address)) return address;
    const found = baseUrl !== null && URL.canParse(address, `${baseUrl}/`) ? new URL(address, `${baseUrl}/`).href : '';
    return found.startsWith('https://') ? found : null;
  };
  const markdown = body.replaceAll(
    /!\[([^\]]*)\]\(\s*<?([^)\s>]+)>?((?:\s+"[^"]*")?)\s*\)/g,
    (all, alt: string, address: string, title: string) => {
      const found = whole(address);
      if (found === address) return all;
      note(
        found === null
          ? `the image ${quote(address)} became a link, since nobody knows its address on the web`
          : `the image ${quote(address)} is taken from ${found}`,
      );
      return found === null ? `[${alt || address}](${address}${title})` : `![${alt}](${found}${title})`;
    },
  );
  return markdown.replaceAll(/(<img\b[^>]*?\ssrc\s*=\s*["']?)([^"'\s>]+)/gi, (all, before: string, address: string) => {
    const found = whole(address);
    if (found === address || found === null) return all;
    note(`the image ${quote(address)} is taken from ${found}`);
    return `${before}${found}`;
  });
}
