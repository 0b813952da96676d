import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { call, type Outcome } from '../scripts/call.ts';
import { type BuiltSite, copyOfSite } from '../support/built-sites.ts';
import { hashes } from '../support/folders.ts';
import { plainEnvironment } from '../support/halfpast.ts';
import { troubledNow } from '../support/page-types.ts';

/** An incident to add to the site. */
export const update = 'incidents/2026-11-20-gift-cards/2026-11-20T1700Z.md';
export const incident = `---
title: Gift cards cannot be bought
status: investigating
components:
  checkout: partial_outage
---
We are looking into it.
`;

/** Folders to use instead of the site's own, and extra environment variables. */
export type Build = { readonly to?: string; readonly from?: string; readonly env?: Readonly<Record<string, string>> };

export type ChangingSite = BuiltSite & {
  readonly folder: string;
  /** Builds again. */
  readonly run: (build?: Build, ...more: string[]) => Promise<Outcome>;
  /** Builds again, which must succeed. Returns the hash of each file of the output. */
  readonly build: (build?: Build, ...more: string[]) => Promise<Record<string, string>>;
  /** Replaces text in a content file. */
  readonly edit: (path: string, from: string, to: string) => void;
};

/** A copy of the calm site that the tests of one file change, one after the other. */
export function changingSite(): ChangingSite {
  const folder = mkdtempSync(join(tmpdir(), 'halfpast-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const built = copyOfSite('calm', folder);
  const { content, site, cache } = built;

  function run({ to = site, from = cache, env = {} }: Build = {}, ...more: string[]): Promise<Outcome> {
    const args = ['build', '--content', content, '--out', to, '--cache', from, '--now', troubledNow];
    return call([...args, ...more], folder, { context: { env: { ...plainEnvironment, ...env } } });
  }

  async function build(options: Build = {}, ...more: string[]): Promise<Record<string, string>> {
    expect(await run(options, ...more)).toMatchObject({ code: 0, stderr: '' });
    return hashes(options.to ?? site);
  }

  function edit(path: string, from: string, to: string): void {
    const text = readFileSync(join(content, path), 'utf8');
    expect(text).toContain(from);
    writeFileSync(join(content, path), text.replace(from, to));
  }

  return { ...built, folder, run, build, edit };
}
