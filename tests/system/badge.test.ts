import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { filesBelow, temporaryFolder, write } from '../support/folders.ts';
import { succeed } from '../support/halfpast.ts';

it('the badges of a hostile site are well-formed', async () => {
  const folder = temporaryFolder();
  const content = join(folder, 'content');
  write(content, 'site.yml', 'name: "A & <B> \\"C\\" ]]> 日本 👩‍🔧"\nurl: https://status.example.com\ntime_zone: UTC\n');
  write(
    content,
    'components.yml',
    'components:\n  - id: one\n    name: "</svg><script>1</script>"\n  - id: two\n    name: "&amp; \'q\' --> <![CDATA["\n',
  );
  const site = join(folder, 'site');
  await succeed([
    'build',
    '--content',
    content,
    '--out',
    site,
    '--cache',
    join(folder, 'cache'),
    '--now',
    '2026-11-22T12:00:00Z',
  ]);
  const badges = filesBelow(site).filter((path) => path.endsWith('badge.svg'));
  expect(badges).toEqual(['badge.svg', 'components/one/badge.svg', 'components/two/badge.svg']);
  execFileSync('xmllint', ['--noout', ...badges.map((path) => join(site, path))]);
  const title = (path: string): string =>
    execFileSync('xmllint', ['--xpath', 'string(/*/*[local-name()="title"])', join(site, path)], {
      encoding: 'utf8',
    }).trimEnd();
  expect(badges.map(title)).toEqual([
    'A & <B> "C" ]]> 日本 👩‍🔧 status: All Systems Operational',
    '</svg><script>1</script>: Operational',
    "&amp; 'q' --> <![CDATA[: Operational",
  ]);
  const broken = join(folder, 'broken.svg');
  writeFileSync(broken, readFileSync(join(site, 'badge.svg'), 'utf8').replace('A &amp;', 'A &'));
  expect(spawnSync('xmllint', ['--noout', broken]).status).toBe(1);
});
