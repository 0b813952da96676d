import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { root } from '../support/halfpast.ts';

type Step = { readonly uses?: string; readonly run?: string; readonly with?: Readonly<Record<string, string>> };
type File = {
  readonly jobs?: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
  readonly runs?: { readonly steps: readonly Step[] };
};

const files = ['.github/workflows/publish.yml', '.github/workflows/preview.yml', '.github/actions/publish/action.yml'];
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** The steps of the job that builds. */
function building(text: string): readonly Step[] {
  const { jobs = {}, runs } = parse(text) as File;
  const found = [...Object.values(jobs), ...(runs === undefined ? [] : [runs])].find(({ steps }) =>
    steps.some(({ run }) => run?.includes(' build ')),
  );
  return found?.steps ?? [];
}

/** The cache of a job that builds: what is fetched before it, and what its build leaves for the next. */
function cached(text: string): { readonly paths: readonly string[]; readonly kept: string } {
  const steps = building(text);
  const at = steps.findIndex(({ run }) => run?.includes(' build '));
  const before = steps
    .slice(0, at)
    .filter(
      ({ uses, with: inputs }) =>
        /^actions\/cache(?:\/restore)?@/.test(uses ?? '') && inputs?.['restore-keys'] !== undefined,
    );
  return {
    paths: before.flatMap(({ with: inputs }) => (inputs?.['path'] ?? '').trim().split('\n')),
    kept: /--cache (\S+)/.exec(steps[at]?.run ?? '')?.[1] ?? '',
  };
}

describe('what one build leaves for the next', () => {
  it.each(files)('is carried along by %s', (path) => {
    const { paths, kept } = cached(read(path));
    expect(kept).toMatch(/pages$/);
    expect(paths).toEqual([kept]);
  });

  it('is found by a preview, which GitHub looks up by the paths as well', () => {
    expect(cached(read(files[1] ?? '')).paths).toEqual(cached(read(files[0] ?? '')).paths);
  });
});
