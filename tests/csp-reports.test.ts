import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { logBlocked } from '../src/csp-reports.ts';

/** The log lines for a series of reports. */
async function logged(...reports: readonly object[]): Promise<string[]> {
  const lines: string[] = [];
  const handle = logBlocked((line) => lines.push(line));
  for (const report of reports) {
    const request = Readable.from([Buffer.from(JSON.stringify({ 'csp-report': report }))]);
    const ended = new Promise((resolve) => {
      const response = { writeHead: () => ({ end: () => resolve(null) }) };
      handle(request as never, response as never, () => undefined);
    });
    await ended;
  }
  return lines.map((line) => line.replace(/^.*?: the Content-Security-Policy blocks /, ''));
}

const blocked = (address: string, directive: string) => ({
  'document-uri': 'http://localhost:4321/',
  'blocked-uri': address,
  'effective-directive': directive,
});

it.each([
  [
    'a script of another host',
    blocked('https://a.example/js/x.js?v=1', 'script-src-elem'),
    'To allow it, add to site.yml: scripts: [{ src: "https://a.example/js/x.js", hosts: [a.example] }]',
  ],
  [
    'a request to another host',
    blocked('https://b.example:8443/collect', 'connect-src'),
    'If a script in site.yml needs it, add the host there: scripts: [{ src: …, hosts: [b.example:8443] }]',
  ],
  ['a script over http', blocked('http://a.example/x.js', 'script-src-elem'), 'Use https'],
  [
    'a worker of this site',
    blocked('http://localhost:4321/w.js', 'worker-src'),
    "To allow it, pass { csp: { 'worker-src': [\"'self'\"] } } to halfpast() in astro.config.mjs",
  ],
  ['an attribute', blocked('inline', 'script-src-attr'), 'Move it into a script or style element'],
])('%s is reported once, with how to allow it', async (_, report, advice) => {
  const lines = await logged(report, report);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(`here and on the built page. ${advice}`);
});
