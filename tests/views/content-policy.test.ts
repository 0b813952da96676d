import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { contentPolicy } from '../../src/views/content-policy.ts';

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

describe('the policy of a page', () => {
  it('names each style and script by its hash, and nothing by its place', () => {
    const policy = contentPolicy(['a{color:red}', 'b{}'], ['go()']);
    expect(policy).toContain(`style-src ${hash('a{color:red}')} ${hash('b{}')};`);
    expect(policy).toContain(`script-src ${hash('go()')};`);
    expect(policy).not.toMatch(/unsafe|\*|nonce/);
    expect(policy).not.toMatch(/(?:script|style)-src[^;]*(?:self|https:|data:)/);
  });

  it('lets no script run on a page that has none', () => {
    expect(contentPolicy(['a{}'], [])).toContain("script-src 'none';");
  });

  it('begins with nothing allowed, and sends nothing to anyone else', () => {
    const policy = contentPolicy([], []);
    expect(policy).toMatch(/^default-src 'none';/);
    for (const directive of ["connect-src 'self'", "base-uri 'none'", "form-action 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'"]) {
      expect(policy).toContain(directive);
    }
    // These are ignored in a meta element, with a complaint of the browser.
    expect(policy).not.toMatch(/frame-ancestors|sandbox|report-uri/);
  });
});
