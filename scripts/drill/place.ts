import { mkdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join, normalize } from 'node:path';
import { parseDocument } from 'yaml';
import type { ContentTree } from '../../src/lib/content/content-tree.ts';
import { settingsPath } from '../../src/lib/content/read-settings.ts';
import { type Instant, isoTime } from '../../src/lib/domain/calendar.ts';
import type { Context, Finished } from '../cli/context.ts';
import { UserError } from '../cli/errors.ts';
import { parseJson } from '../cli/text.ts';
import { z } from 'zod';
import { gitIn } from '../github/git.ts';
import { contentTypeOf } from '../publish/verify/responses.ts';

/** Settings that would reach other machines, or that only apply to the real page. */
const leftOut = ['example', 'notify', 'remind', 'scripts', 'repository', 'compose', 'email'];

/** `site.yml` for the copy. */
export function copiedSettings(text: string, url: string): string {
  const document = parseDocument(text);
  for (const name of leftOut) document.delete(name);
  document.set('url', url);
  return document.toString();
}

/** The file for a request. In an absolute address, the path can't lead above the root. */
async function fileAt(root: string, address: string): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  const path = normalize(decodeURIComponent(new URL(address, 'http://localhost').pathname));
  const name = join(root, path.endsWith('/') ? `${path}index.html` : path);
  return { name, bytes: await readFile(name) };
}

/** Serves a folder on this machine only. */
async function serve(root: string): Promise<{ readonly url: string; readonly close: () => void }> {
  const server = createServer((request, response) => {
    void fileAt(root, request.url ?? '/')
      .then((file) => ({ status: 200, ...file }))
      .catch(async () => ({ status: 404, ...(await fileAt(root, '/404.html')) }))
      .catch(() => ({ status: 404, name: '404.txt', bytes: Buffer.from('Nothing is published yet.') }))
      .then(({ status, name, bytes }) => {
        response.writeHead(status, { 'content-type': contentTypeOf(name), 'cache-control': 'no-store' }).end(bytes);
      });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

/** Variables that programs need on any machine. Tokens, secrets and channel addresses aren't passed on. */
const passedOn =
  /^(?:PATH|PATHEXT|HOME|USER|USERPROFILE|SYSTEMROOT|COMSPEC|LANG|LC_\w+|TERM|TZ|TMPDIR|TEMP|TMP|NO_COLOR)$/i;

const endingSchema = z.object({ outcome: z.string(), lines: z.array(z.string()) });

/** Runs a command line of Halfpast. */
export type Command = (words: readonly string[], context: Context) => Promise<number>;

export type DrillPlace = {
  /** Contains `content/`, a repository with a local remote, and `published/`. */
  readonly folder: string;
  readonly url: string;
  /** The context for the player's commands. */
  readonly context: Context;
  /** Runs a command as a colleague in another clone. Returns its JSON output. */
  readonly colleague: (words: readonly string[]) => Promise<unknown>;
  /** Whether the latest push wasn't published because publishing was stopped. */
  readonly isHeld: () => boolean;
  /** Stops the server. */
  readonly close: () => void;
};

type Outside = {
  /** The folder for the copy. */
  readonly empty: string;
  /** The time in the drill. */
  readonly now: () => Instant;
  readonly command: Command;
  readonly outside: Context;
};

/**
 * A throwaway copy of a page. Its content is in a repository with a local remote, and each push is published to a
 * local folder, as with a server hook. Throws UserError.
 */
export async function createPlace(tree: ContentTree, { empty, now, command, outside }: Outside): Promise<DrillPlace> {
  const folder = await realpath(empty);
  const [bare, checkout, other] = ['status.git', 'checkout', 'colleague'].map((name) =>
    join(folder, '.drill', name),
  ) as [string, string, string];
  const published = join(folder, 'published');
  const server = await serve(join(published, 'current'));
  const env = {
    ...Object.fromEntries(Object.entries(outside.env).filter(([name]) => passedOn.test(name))),
    GIT_CONFIG_GLOBAL: join(folder, '.drill', 'gitconfig'),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    // An editor would never close, so commits need -m.
    GIT_EDITOR: 'true',
    // Git can only reach local folders.
    GIT_ALLOW_PROTOCOL: 'file',
  };
  const outcomes: string[] = [];

  /** Runs a command in a folder. Returns its JSON output. */
  const outputOf = async (words: readonly string[], cwd: string): Promise<string> => {
    let printed = '';
    const stdout = (text: string): void => void (printed += text);
    await command([...words, '--json'], { ...base, cwd, ask: null, stdout, stderr: () => undefined });
    return printed;
  };

  /** Does the job of the server hook. Returns the lines it prints. */
  const publishPushed = async (): Promise<readonly string[]> => {
    const git = (...args: string[]): Promise<Finished> =>
      outside.runProgram('git', [`--git-dir=${bare}`, `--work-tree=${checkout}`, ...args], folder, env);
    await git('checkout', '--quiet', '--force', 'main');
    await git('clean', '--quiet', '-d', '--force');
    const commit = (await git('rev-parse', 'main')).stdout.trim();
    const words = ['publish', '--to', published, '--url', server.url];
    const printed = await outputOf([...words, '--commit-id', commit, '--repository', bare, '--tries', '1'], checkout);
    const ended = parseJson(endingSchema, printed);
    outcomes.push(ended?.outcome ?? 'failed');
    return ended?.lines ?? [printed.trim()];
  };

  const base: Context = {
    ...outside,
    cwd: folder,
    clock: now,
    env,
    runProgram: async (file, args, cwd, own, longest) => {
      const at = isoTime(now());
      const dated = { ...(own ?? env), GIT_AUTHOR_DATE: at, GIT_COMMITTER_DATE: at };
      const finished = await outside.runProgram(file, args, cwd, file === 'git' ? dated : own, longest);
      if (file !== 'git' || finished.code !== 0 || !args.includes('push')) return finished;
      const lines = (await publishPushed()).map((line) => `remote: ${line}\n`);
      return { ...finished, stderr: `${finished.stderr}${lines.join('')}` };
    },
  };

  const colleague = async (words: readonly string[]): Promise<unknown> => {
    await outside.runProgram('git', ['pull', '--quiet', '--rebase'], other, env);
    return JSON.parse(await outputOf([...words, '--push', '--wait', '0'], other)) as unknown;
  };

  /** Runs git in the copy. Throws UserError. */
  const git = async (cwd: string, ...args: string[]): Promise<void> => {
    const { code, stderr } = await outside.runProgram('git', args, cwd, env);
    if (code !== 0) throw new UserError(`git can't prepare the copy: ${stderr.trim().split('\n').at(-1) ?? ''}`);
  };

  try {
    await mkdir(join(folder, '.drill'));
    await writeFile(join(folder, '.drill', 'gitconfig'), '[user]\nname = You\nemail = you@example.com\n');
    await writeFile(join(folder, '.gitignore'), '.drill\npublished\n');
    for (const { path, bytes } of tree.files) {
      const place = join(folder, 'content', path);
      await mkdir(dirname(place), { recursive: true });
      const text = path === settingsPath ? copiedSettings(Buffer.from(bytes).toString('utf8'), server.url) : bytes;
      await writeFile(place, text);
    }
    await mkdir(checkout);
    await git(folder, 'init', '--quiet', '--bare', '--initial-branch=main', bare);
    await git(folder, 'init', '--quiet', '--initial-branch=main');
    await git(folder, 'remote', 'add', 'origin', bare);
    await git(folder, 'add', '.');
    await git(folder, 'commit', '--quiet', '--message', 'The page as it is');
    const printed = await gitIn(folder, base).push(
      'the page',
      () => Promise.resolve('git'),
      () => undefined,
    );
    await git(folder, 'clone', '--quiet', bare, other);
    if (outcomes[0] !== 'published')
      throw new UserError(`the copy of your page could not be published: ${printed.join(' ')}`);
  } catch (error) {
    server.close();
    throw error;
  }
  const isHeld = (): boolean => outcomes.at(-1) === 'held';
  return { folder, url: server.url, context: base, colleague, isHeld, close: server.close };
}
