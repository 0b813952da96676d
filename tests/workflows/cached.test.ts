import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { root } from '../support/halfpast.ts';

type Step = { readonly uses?: string; readonly run?: string; readonly with?: Readonly<Record<string, string>> };
type File = { readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>> };

it('each build finds the cache of the previous one', () => {
  const text = readFileSync(join(root, '.github/workflows/prepare.yml'), 'utf8');
  const steps = (parse(text) as File).jobs['prepare']?.steps ?? [];
  const built = /--cache (\S+)/.exec(steps.map(({ run = '' }) => run).join())?.[1];
  const [restored, saved] = ['restore', 'save'].map(
    (name) => steps.find(({ uses = '' }) => uses.startsWith(`actions/cache/${name}@`))?.with,
  );
  expect(restored).toMatchObject({ path: built, key: saved?.['key'] });
  expect(saved).toMatchObject({ path: built });
  expect(saved?.['key']?.startsWith(restored?.['restore-keys'] ?? 'none')).toBe(true);
});
