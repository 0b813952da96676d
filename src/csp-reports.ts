import type { Connect } from 'vite';
import { shownLine } from './lib/schema/hidden.ts';

/** Where browsers report what the policy blocks in `astro dev`. */
export const reportPath = '/_halfpast/csp-reports';

/** In characters. Only the browser should post to this path. */
const longestReport = 16_384;

/** Logs each blocked script, style or request once, with the setting that allows it. */
export function logBlocked(warn: (line: string) => void): Connect.NextHandleFunction {
  const logged = new Set<string>();
  return (request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body = `${body}${chunk.toString()}`.slice(0, longestReport)));
    request.on('end', () => {
      const line = blockedLine(body);
      if (line !== null && !logged.has(line)) warn(line);
      if (line !== null) logged.add(line);
      response.writeHead(204).end();
    });
  };
}

type Report = {
  readonly 'document-uri'?: string;
  readonly 'blocked-uri'?: string;
  readonly 'effective-directive'?: string;
};

/** Explains how to allow a URL that a page requested. */
function adviceFor(blocked: URL, page: string, directive: string): string {
  // The published page has a different URL.
  if (URL.canParse(page) && new URL(page).origin === blocked.origin)
    return `To allow it, pass { csp: { '${directive}': ["'self'"] } } to halfpast() in astro.config.mjs`;
  const { host, href, protocol } = blocked;
  if (protocol !== 'https:') return 'Use https';
  return directive === 'script-src'
    ? `To allow it, add to site.yml: scripts: [{ src: "${href.replace(/[?#].*$/, '')}", hosts: [${host}] }]`
    : `If a script in site.yml needs it, add the host there: scripts: [{ src: …, hosts: [${host}] }]`;
}

/** Returns what was blocked and how to allow it; null if `body` isn't a report. */
function blockedLine(body: string): string | null {
  let report: Report | undefined;
  try {
    report = (JSON.parse(body) as { 'csp-report'?: Report })['csp-report'];
  } catch {
    return null;
  }
  if (report === undefined) return null;
  const { 'document-uri': page = '', 'blocked-uri': blocked = '', 'effective-directive': given = '' } = report;
  const directive = given.replace(/-(?:elem|attr)$/, '');
  const where = URL.canParse(page) ? new URL(page).pathname : page;
  const isAddress = URL.canParse(blocked) && /^https?:/.test(blocked);
  const fix = isAddress ? adviceFor(new URL(blocked), page, directive) : 'Move it into a script or style element';
  // URLs may contain escape sequences.
  return shownLine(
    `${where}: the Content-Security-Policy blocks ${blocked} (${given}), here and on the built page. ${fix}`,
  );
}
