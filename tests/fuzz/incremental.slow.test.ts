import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/folders.ts';
import { root } from '../support/halfpast.ts';
import { seed } from '../support/seed.ts';
import { readBase } from './content.ts';
import { runIncremental } from './incremental-run.ts';

// A generated history; `npm run fuzz -- --incremental 100` uses the real one.
const base = await readBase('none');

describe('an incremental build equals a clean one, byte for byte', () => {
  it('after any sequence of edits', async () => {
    const runs = 5;
    const {
      failure,
      runs: made,
      done,
    } = await runIncremental({ base, root, folder: temporaryFolder(), runs, seed, size: 12 });
    expect(
      failure === null
        ? null
        : `${failure.message}, edited by ${JSON.stringify(failure.steps)}, seed ${seed}, path ${failure.path}`,
    ).toBeNull();
    expect(made).toBe(runs);
    expect(Object.keys(done).length).toBeGreaterThan(3);
  });
});
