import { expect, it } from 'vitest';
import { temporaryFolder } from '../../support/folders.ts';
import { callWithoutGit as call } from '../call.ts';

it("a text that isn't UTF-8 is refused, because customers would see garbled letters", async () => {
  const folder = temporaryFolder();
  await call('init --name Example --url https://status.example.com --time-zone UTC --component Checkout', folder);
  const open = ['open', '--title', 'Errors', '--impact', 'minor', '--dry-run', '--message'];
  const piped = await call([...open, '-'], folder, {
    piped: new TextDecoder().decode(Buffer.from('caf\xe9', 'latin1')),
  });
  expect([piped.code, piped.stderr]).toEqual([
    2,
    expect.stringContaining("the text of the update from standard input isn't UTF-8"),
  ]);
  expect((await call([...open, 'caf\uFFFD'], folder)).code).toBe(2);
  expect((await call([...open, '-'], folder, { piped: 'café' })).code).toBe(0);
});
