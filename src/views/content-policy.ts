import { createHash } from 'node:crypto';

/** How a policy names an inline style or script: by the SHA-256 of its exact text. */
function sources(texts: readonly string[]): string {
  if (texts.length === 0) return "'none'";
  return texts.map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`).join(' ');
}

/**
 * The Content-Security-Policy of a page that holds just these inline styles and scripts. Nothing else
 * runs, nothing is loaded but images, and the page can send nothing to anyone else. `'self'` is not among the
 * sources of scripts: a host may serve the text of an incident as a file that a browser would run.
 */
export function contentPolicy(styles: readonly string[], scripts: readonly string[]): string {
  return [
    "default-src 'none'",
    `script-src ${sources(scripts)}`,
    `style-src ${sources(styles)}`,
    // Of updates and postmortems, and the badge; the empty icon is a data address.
    "img-src 'self' https: data:",
    // Lighthouse reads robots.txt as the page would, and marks a page down that may not.
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    // Text never becomes markup in the browser, not even by mistake in a script of ours.
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}
