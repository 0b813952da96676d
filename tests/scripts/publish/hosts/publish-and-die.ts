import { appendFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type ReleaseStorage, fileStorage } from '../../../../scripts/cli/system.ts';
import { folderPage } from './small-page.ts';

/** Publishes, and kills itself before or amid file system step `at`. If it survives, prints the number of steps. */
const [folder = '', content = '', notified = '', at = '0', where = 'before'] = process.argv.slice(2);
let done = 0;

function die(): never {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('still alive');
}

const isMine = (): boolean => (done += 1) === Number(at);

const storage: ReleaseStorage = {
  ...fileStorage,
  write: async (path, text) => {
    if (!isMine()) return fileStorage.write(path, text);
    if (where === 'amid') await fileStorage.write(path, text.slice(0, text.length / 2));
    return die();
  },
  remove: async (path) => {
    if (!isMine()) return fileStorage.remove(path);
    if (where === 'amid') {
      try {
        rmSync(join(path, readdirSync(path)[0] ?? ''), { recursive: true, force: true });
      } catch {
        // It's a file, or doesn't exist.
      }
    }
    return die();
  },
  makeFolder: (path) => (isMine() ? die() : fileStorage.makeFolder(path)),
  rename: (from, to) => (isMine() ? die() : fileStorage.rename(from, to)),
  makeLink: (target, path) => (isMine() ? die() : fileStorage.makeLink(target, path)),
};

const notify = ({ content: of }: { readonly content: string }) => {
  appendFileSync(notified, `${of}\n`);
  return Promise.resolve({ ok: true, lines: [] });
};

await folderPage(folder, storage).publish(content, { steps: { notify } });
process.stdout.write(String(done));
