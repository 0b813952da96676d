import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../scripts/cli/errors.ts';
import { realDisk as disk } from '../../../scripts/cli/system.ts';
import {
  type PreparedFile,
  preparedSite,
  readPrepared,
  readPreview,
  writePrepared,
} from '../../../scripts/publish/prepared-folder.ts';
import { filesBelow, temporaryFolder, write } from '../../support/folders.ts';

const prepared: PreparedFile = {
  commit: null,
  pullRequest: 7,
  lines: ['one'],
  restores: null,
  result: { kind: 'failed', message: 'it broke' },
};

describe('what one job hands to the next', () => {
  it('survives a round trip', async () => {
    const folder = temporaryFolder();
    await writePrepared(folder, prepared, { disk });
    expect(filesBelow(folder)).toEqual(['prepared.json']);
    expect(await readPrepared(folder, 'there', { disk })).toEqual(prepared);
    expect(await readPreview(folder, 'there', { disk })).toEqual({ pullRequest: 7, lines: ['one'] });
    expect(preparedSite(folder)).toBe(join(folder, 'site'));
  });

  it('is reported as missing if the first job stopped early', async () => {
    await expect(readPrepared(temporaryFolder(), 'there', { disk })).rejects.toThrow(
      new UserError(
        'there has no prepared.json: the previous job stopped early, so the page is unchanged. See its log. To roll back, run Publish again with its release',
      ),
    );
  });

  const refused = 'there has no preview of a pull request. See the log of the run that made it';
  it.each([
    '',
    '[]',
    '{"pullRequest":0,"lines":[]}',
    '{"pullRequest":1000000000,"lines":[]}',
    '{"pullRequest":1.5,"lines":[]}',
    '{"pullRequest":"7","lines":[]}',
    '{"pullRequest":7,"lines":[1]}',
    '{"pullRequest":7}',
  ])('of a stranger only contains text and numbers: %s', async (text) => {
    const folder = temporaryFolder();
    await expect(readPreview(folder, 'there', { disk })).rejects.toThrow(new UserError(refused));
    write(folder, 'prepared.json', text);
    await expect(readPreview(folder, 'there', { disk })).rejects.toThrow(new UserError(refused));
  });
});
