import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../scripts/cli/errors.ts';
import type { Host } from '../../../scripts/publish/hosts/host.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { folderPage } from './hosts/small-page.ts';

describe('a rollback while a publish', () => {
  it('removes the release it goes to is refused, and changes nothing', async () => {
    const folder = temporaryFolder();
    const page = folderPage(folder);
    for (const content of ['a', 'b']) await page.publish(content, { keep: 2 });
    const [a = ''] = readdirSync(join(folder, 'releases'));
    const through = (host: Host): Host => ({
      ...host,
      changeLog: async (...change) => {
        await page.publish('c', { keep: 2 });
        return host.changeLog(...change);
      },
    });
    await expect(page.rollBack({ kind: 'named', name: a }, through)).rejects.toThrow(
      new UserError(`the files of ${a} were removed from ${folder}. Go back to a release that rollback --list shows`),
    );
    expect(page.served()).toBe('c0000000');
    expect((await page.log()).releases.filter(({ rolledBack }) => rolledBack !== null)).toEqual([]);
  });
});
