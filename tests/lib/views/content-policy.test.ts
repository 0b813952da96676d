import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { contentPolicy, sourcesFor, withPolicy } from '../../../src/lib/views/content-policy.ts';

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

describe('the policy of a page', () => {
  it('lists each inline style and script by its hash, and nothing by address', () => {
    const policy = contentPolicy(
      '<style>a{color:red}</style><STYLE data-x="a>b">b{}</STYLE ><script type="module">go()</script>',
    );
    expect(policy).toContain(`style-src ${hash('a{color:red}')} ${hash('b{}')};`);
    expect(policy).toContain(`script-src ${hash('go()')};`);
    expect(policy).not.toMatch(/unsafe|\*|nonce/);
    expect(policy).not.toMatch(/(?:script|style)-src[^;]*(?:self|https:|data:)/);
  });

  it('allows no script on a page without scripts', () => {
    expect(contentPolicy('<p>x</p>')).toContain("script-src 'none';");
  });

  it('allows nothing by default, and no requests to other hosts', () => {
    const policy = contentPolicy('');
    expect(policy).toMatch(/^default-src 'none';/);
    for (const directive of ["connect-src 'self'", "base-uri 'none'", "form-action 'none'"]) {
      expect(policy).toContain(directive);
    }
    // Browsers ignore these in a meta element, with a warning.
    expect(policy).not.toMatch(/frame-ancestors|sandbox|report-uri/);
  });

  it('lists style attributes, which Astro writes for define:vars, by the hash of their value', () => {
    const policy = contentPolicy('<p class="a>b" style="--x: &quot;1&quot;">one</p><i style=\'color:red\'></i>');
    expect(policy).toContain(`style-src-attr 'unsafe-hashes' ${hash('--x: "1"')} ${hash('color:red')};`);
  });

  it('allows scripts and stylesheets of this host only on pages that use one', () => {
    expect(contentPolicy('<script type="module" src="/_astro/x.js"></script>')).toContain("script-src 'self';");
    expect(contentPolicy('<link rel="stylesheet" href="/_astro/x.css">')).toContain("style-src 'self';");
    expect(
      contentPolicy('<script src="https://analytics.example/x.js"></script><script src="//cdn.example/x.js"></script>'),
    ).toContain("script-src 'none';");
  });

  it('allows the scripts in site.yml and their hosts, and nothing more', () => {
    const scripts = [
      { src: 'https://analytics.example/js/script.js?v=1', hosts: ['analytics.example'], data: {} },
      { src: '/chat.js', hosts: ['*.chat.example', 'analytics.example'], data: {} },
    ];
    const policy = contentPolicy('', sourcesFor(scripts));
    expect(policy).toContain(
      "script-src https://analytics.example/js/script.js 'self' https://analytics.example https://*.chat.example;",
    );
    expect(policy).toContain(
      "connect-src 'self' https://analytics.example https://*.chat.example wss://analytics.example wss://*.chat.example;",
    );
    expect(policy).toContain('frame-src https://analytics.example https://*.chat.example');
    expect(policy).not.toMatch(/unsafe/);
    const [first] = scripts.map((script) => ({ ...script, hosts: [] }));
    expect(contentPolicy('', sourcesFor(first === undefined ? [] : [first]))).toBe(
      contentPolicy('').replace("script-src 'none'", 'script-src https://analytics.example/js/script.js'),
    );
    const sly = { src: 'https://a.example/x.js;script-src%20*,y', hosts: [], data: {} };
    expect(contentPolicy('', sourcesFor([sly]))).toContain('script-src https://a.example/x.js%3Bscript-src%20*%2Cy;');
    expect(contentPolicy('', sourcesFor([]))).toBe(contentPolicy(''));
  });

  it('adds the sources that the project allows', () => {
    const policy = contentPolicy('<script src="https://analytics.example/x.js"></script>', {
      'script-src': ['https://analytics.example'],
      'frame-src': ["'self'"],
    });
    expect(policy).toContain('script-src https://analytics.example;');
    expect(policy).toContain("frame-src 'self'");
  });

  it('in dev, allows what Vite needs and makes the browser report everything else', () => {
    const policy = contentPolicy('<style>a{}</style>', {}, { nonce: 'n', reportTo: '/r' });
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain(`style-src ${hash('a{}')} 'nonce-n';`);
    expect(policy).toContain("connect-src 'self' ws:;");
    expect(policy).toContain("worker-src 'self' blob:;");
    expect(policy).toMatch(/report-uri \/r$/);
  });
});

describe('adding the policy to a page', () => {
  it.each([
    [
      'behind the character set',
      '<!doctype html><head><meta charset="utf-8"><script>x</script>',
      /^<!doctype html><head><meta charset="utf-8"><meta http-equiv/,
    ],
    [
      'at the start of the head',
      '<!doctype html><html><head><script>x</script>',
      /^<!doctype html><html><head><meta http-equiv/,
    ],
    ['at the start of a page without one', '<!DOCTYPE html><script>x</script>', /^<!DOCTYPE html><meta http-equiv/],
    ['at the very start', '<script>x</script>', /^<meta http-equiv/],
  ])('%s', (_, html, expected) => {
    expect(withPolicy(html, {})).toMatch(expected);
    expect(withPolicy(html, {})).toContain(hash('x'));
  });
});
