import { spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync } from 'node:fs';
import { delimiter, join, relative } from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryFolder, write } from '../support/folders.ts';
import { plainEnvironment, root } from '../support/halfpast.ts';
import { serveFolder } from '../support/static-server.ts';

/** Somebody who reads the documents and types what they say, on a machine without a network. */
export type Reader = {
  /** Where their folders are. */
  readonly home: string;
  /** Halfpast as it is published: a repository with the files of this checkout. */
  readonly upstream: string;
  /** Their clone of it, with its packages. */
  readonly clone: string;
  /** What is typed, with /srv and the address of the page being places of this test. */
  readonly here: (text: string) => string;
  /** Types lines one after the other in one shell, up to the first that fails. Gives what was printed. */
  readonly type: (lines: string, cwd: string) => Promise<string>;
};

/** Stands in for npm where it would ask a registry; anything else is npm's own work. */
const npm = `#!/bin/sh
case "$1" in
  ci) rm -rf node_modules && mkdir node_modules && ln -s "${root}"/node_modules/.bin "${root}"/node_modules/* node_modules/ ;;
  *) exec "$REAL_NPM" "$@" ;;
esac
`;

const notCopied = new Set(['.git', 'node_modules', 'tests/system/node_modules', 'dist', '.astro', '.pages']);

/** Runs a shell on these lines. Throws with all that was printed when it ends with anything but 0. */
function shell(lines: string, cwd: string, env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn('sh', ['-ec', lines], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  return new Promise((resolve, reject) => {
    let printed = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve(printed) : reject(new Error(`ended with ${code}:\n${lines}\n${printed}`)),
    );
  });
}

export async function newReader(): Promise<Reader> {
  const home = temporaryFolder();
  const [upstream, yours, served] = [join(home, 'upstream'), join(home, 'yours.git'), join(home, 'srv/status/current')];
  cpSync(root, upstream, { recursive: true, filter: (path) => !notCopied.has(relative(root, path)) });
  write(home, 'bin/npm', npm);
  chmodSync(join(home, 'bin/npm'), 0o755);
  write(
    home,
    'gitconfig',
    `[user]\n  name = Dana\n  email = dana@example.com\n[url "${upstream}"]\n  insteadOf = https://github.com/OWNER/REPO\n[url "${yours}"]\n  insteadOf = https://github.com/YOU/YOURS\n`,
  );
  // The shell that runs the tests puts this checkout's programs first, which a reader has not.
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
  const realNpm = await shell('command -v npm', home, { ...plainEnvironment, PATH: path.join(delimiter) });
  const env = {
    ...plainEnvironment,
    PATH: [join(home, 'bin'), ...path].join(delimiter),
    REAL_NPM: realNpm.trim(),
    GIT_CONFIG_GLOBAL: join(home, 'gitconfig'),
  };
  const type: Reader['type'] = (lines, cwd) => shell(lines, cwd, env);
  await type(
    'git init --quiet --initial-branch=main && git add --all && git commit --quiet --message Halfpast',
    upstream,
  );
  await type(
    `git init --quiet --bare --initial-branch=main ${yours} && git clone --quiet ${upstream} clone && cd clone && npm ci`,
    home,
  );
  mkdirSync(join(home, 'srv/status'), { recursive: true });
  const server = await serveFolder(served);
  onTestFinished(() => server.close());
  const here = (text: string): string =>
    text
      .replaceAll('/srv/', `${home}/srv/`)
      .replaceAll(/^served=.* url=\S+$/gm, `served=${home}/srv/status url=${server.origin}`)
      .replaceAll(/(publish --to .*--url )\S+/g, `$1${server.origin}`);
  return { home, upstream, clone: join(home, 'clone'), here, type };
}

export const fileIn = (folder: string, path: string): string => readFileSync(join(folder, path), 'utf8');
