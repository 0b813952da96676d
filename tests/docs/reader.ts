import { spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync } from 'node:fs';
import { delimiter, join, relative } from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryFolder, write } from '../support/folders.ts';
import { plainEnvironment, root } from '../support/halfpast.ts';
import { serveFolder } from '../support/static-server.ts';

/** A user who follows the documents on a machine without a network. */
export type Reader = {
  /** The parent folder of the others. */
  readonly home: string;
  /** Halfpast's public repository, with the files of this checkout. */
  readonly upstream: string;
  /** The user's clone of it, with its packages installed. */
  readonly clone: string;
  /** Replaces /srv and the URL of the page with this test's own. */
  readonly here: (text: string) => string;
  /** Runs lines in one shell, stopping at the first that fails. Returns the output. */
  readonly type: (lines: string, cwd: string) => Promise<string>;
};

/** Replaces `npm ci`, which would need a registry. Passes everything else to npm. */
const npm = `#!/bin/sh
case "$1" in
  ci) rm -rf node_modules && mkdir node_modules && ln -s "${root}"/node_modules/.bin "${root}"/node_modules/* node_modules/ ;;
  *) exec "$REAL_NPM" "$@" ;;
esac
`;

const notCopied = new Set(['.git', 'node_modules', 'tests/system/node_modules', 'dist', '.astro', '.pages']);

/** Runs lines in a shell. Throws an error with the output if the exit code isn't 0. */
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
  // The tests' PATH starts with this checkout's programs, which a user doesn't have.
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
      .replaceAll(/((?:publish|watch) .*--to .*--url )\S+/g, `$1${server.origin}`);
  return { home, upstream, clone: join(home, 'clone'), here, type };
}

export const fileIn = (folder: string, path: string): string => readFileSync(join(folder, path), 'utf8');
