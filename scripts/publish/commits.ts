import { didYouMean, quote, suggest } from '../../src/lib/schema/text.ts';
import { oneLine, UsageError } from '../cli/errors.ts';
import type { World } from '../cli/world.ts';
import type { Snapshot } from '../live/snapshot.ts';
import { type Allowance, allowances, type Finding, trailerName } from './guard/compare.ts';

/** A message, and the short id of its commit; null for a text that was given by hand. */
export type Message = { readonly commit: string | null; readonly text: string };

type Allow = NonNullable<Finding['allow']>;

/** What commit messages allow, and what in them is not understood. */
export type Acknowledgements = {
  readonly allows: (allow: Allow) => boolean;
  /** Lines for the person who wrote them. */
  readonly notes: readonly string[];
  /** Such lines about names that are none of what was `found`; `refused` is what may have been meant. */
  readonly strays: (found: readonly Allow[], refused: readonly Allow[]) => readonly string[];
};

const form = new RegExp(`^\\s*${trailerName}\\s*:(.*)$`, 'gim');

const isAllowance = (word: string): word is Allowance => allowances.some((known) => known === word);

/** People copy paths and file names: `content/incidents/x/y.md` is `x/y`. They also end sentences. */
function plainId(id: string): string {
  const bare = id.replace(/^["'`<(]+/, '').replace(/["'`>).,;:!]+$/, '');
  return bare.replace(/^(?:.*\/)?(?:incidents|maintenance)\/(?=.)/, '').replace(/\.md$|\/$/, '');
}

/** One understood line, and how it begins in a note. */
type Given = { readonly by: string; readonly what: Allowance; readonly ids: readonly string[] };

/** What in a line was meant to be a name and is none; `and`, `because` and other words are not. */
function strayNotes({ by, what, ids }: Given, found: readonly Allow[], refused: readonly Allow[]): string[] {
  const known = new Set(found.filter((allow) => allow.what === what).map(({ id }) => plainId(id)));
  const meant = (id: string): string | null => {
    const same = refused.find((allow) => plainId(allow.id) === id);
    if (same !== undefined) return `${same.what} ${same.id}`;
    const near = suggest(
      id,
      refused.map((allow) => plainId(allow.id)).filter((other) => other !== ''),
    );
    const allow = refused.find((other) => near !== null && plainId(other.id) === near);
    return allow === undefined ? null : `${allow.what} ${allow.id}`;
  };
  const isNamed = ids.some((id) => known.has(id));
  return ids
    .filter((id) => !known.has(id))
    .flatMap((id, index) => {
      const near = meant(id);
      if (near !== null)
        return [
          `${by}${trailerName}: ${what} ${id} names nothing that was refused; did you mean ${trailerName}: ${near}`,
        ];
      return index === 0 && !isNamed ? [`${by}${trailerName}: ${what} ${id} names nothing that was refused`] : [];
    });
}

/** Reads lines such as `Halfpast-Allow: remove 2026-11-22-checkout-errors/2026-11-22T1405Z`. */
export function readAcknowledgements(messages: readonly Message[]): Acknowledgements {
  const given: Given[] = [];
  const notes: string[] = [];
  const lines = messages.flatMap(({ commit, text }) =>
    [...text.matchAll(form)].map(([, said = '']) => ({ by: commit === null ? '' : `commit ${commit}: `, said })),
  );
  for (const { by, said } of lines) {
    const [first = '', ...ids] = said.trim().split(/[\s,]+/);
    const what = first.replace(/[.;:!]+$/, '');
    if (!isAllowance(what)) {
      notes.push(`${by}${trailerName}: ${quote(what)} is not understood. ${didYouMean(what, allowances)}`);
      continue;
    }
    if (ids.length === 0 && what !== 'feed')
      notes.push(`${by}${trailerName}: ${what} names nothing. Type behind it what it allows`);
    given.push({ by, what, ids: what === 'feed' ? [''] : ids.map(plainId) });
  }
  return {
    allows: ({ what, id }) => given.some((one) => one.what === what && one.ids.includes(plainId(id))),
    notes,
    strays: (found, refused) => given.flatMap((one) => (one.what === 'feed' ? [] : strayNotes(one, found, refused))),
  };
}

type Age = Snapshot['release'];

/** What git knows of two commits: which comes first, that they are on different ways, or nothing. */
export type Ancestry = 'same' | 'newer' | 'older' | 'apart' | 'unknown';

/**
 * Why the built site is older than the live one, or null when it is not. `ancestry` is that of the
 * built commit towards the live one. What git cannot tell, the times do: that of the newest update,
 * and the moment the site was looked at.
 */
export function olderThanLive(built: Age, live: Age, ancestry: Ancestry): string | null {
  if (ancestry === 'newer') return null;
  if (ancestry === 'older') {
    return `it was built from commit ${(built.commit ?? '').slice(0, 9)}, and a newer one is live: ${(live.commit ?? '').slice(0, 9)}`;
  }
  if (built.now < live.now && (built.newestAt ?? '') <= (live.newestAt ?? '')) {
    return `it was built for ${built.now}, and a site for ${live.now} is live`;
  }
  return null;
}

/** What the guard asks of git. Null or `unknown` is what git does not know here. */
export type Repository = {
  readonly isThere: () => Promise<boolean>;
  /** The full id of the commit that is checked out. */
  readonly head: () => Promise<string | null>;
  /** The full id of a commit, from a part of it or a name. */
  readonly idOf: (commit: string) => Promise<string | null>;
  /** Where `commit` stands towards `other`. */
  readonly ancestry: (commit: string, other: string) => Promise<Ancestry>;
  /** The messages of a range such as `A..B`, or of one commit, newest first. */
  readonly messages: (range: string) => Promise<readonly Message[] | null>;
  /** The short id of the last commit that touched a file or folder; `path` is relative to the content folder. */
  readonly lastCommitOf: (path: string, upTo: string | null) => Promise<string | null>;
};

/** An id or a range that git cannot take for a flag. */
const isSafe = (given: string): boolean => /^[^-\s][^\s]*$/.test(given);

/** The repository that a folder is in; also a bare one. */
export function repositoryAt(folder: string, run: World['runProgram']): Repository {
  const git = async (...args: string[]): Promise<string | null> => {
    const { code, stdout } = await run('git', args, folder);
    return code === 0 ? stdout.trim() : null;
  };
  const idOf = (commit: string): Promise<string | null> =>
    isSafe(commit) ? git('rev-parse', '--verify', '--quiet', `${commit}^{commit}`) : Promise.resolve(null);
  const isAncestor = async (a: string, b: string): Promise<boolean> =>
    (await run('git', ['merge-base', '--is-ancestor', a, b], folder)).code === 0;
  return {
    isThere: async () => (await git('rev-parse', '--git-dir')) !== null,
    head: () => idOf('HEAD'),
    idOf,
    ancestry: async (given, givenOther) => {
      const [commit, other] = [await idOf(given), await idOf(givenOther)];
      if (commit === null || other === null) return 'unknown';
      if (commit === other) return 'same';
      if (await isAncestor(other, commit)) return 'newer';
      return (await isAncestor(commit, other)) ? 'older' : 'apart';
    },
    messages: async (range) => {
      if (!isSafe(range)) return null;
      const log = await git('log', '-z', '--format=%h%n%B', ...(range.includes('..') ? [] : ['-1']), range, '--');
      if (log === null) return null;
      return log
        .split('\0')
        .filter((one) => one !== '')
        .map((one) => {
          const [commit = '', ...lines] = one.split('\n');
          return { commit, text: lines.join('\n') };
        });
    },
    lastCommitOf: async (path, upTo) => {
      // Wherever in the repository the content folder is.
      const pattern = `:(top,glob)**/${path.replaceAll(/[*?[\]\\]/g, '\\$&')}`;
      const from = upTo === null || !isSafe(upTo) ? 'HEAD' : upTo;
      const found = await git('log', '-1', '--format=%h', from, '--', pattern, `${pattern}/**`);
      return found === '' ? null : found;
    },
  };
}

type CommitFlags = {
  readonly 'commit-id': string | undefined;
  readonly range: string | undefined;
  readonly repository: string | undefined;
};

/**
 * The full id of the commit that was typed; undefined for none. `content` is the folder as the person named it.
 * Throws UsageError for what git does not know: a mistyped id would end in a site that nothing can be compared with.
 */
export async function readCommits(
  { 'commit-id': id, range, repository: folder }: CommitFlags,
  content: string,
  repository: Repository,
): Promise<string | undefined> {
  if (folder !== undefined && !(await repository.isThere()))
    throw new UsageError(
      `--repository: git has no repository at ${quote(folder)}. Type the folder of one, as --repository /srv/status.git`,
    );
  const place = `in the repository of ${folder ?? content}`;
  const ways = folder === undefined ? ', or name the repository that has it with --repository DIR' : '';
  const commit = id === undefined ? undefined : await repository.idOf(id);
  if (commit === null)
    throw new UsageError(
      `--commit-id: git knows no commit ${quote(id ?? '')} ${place}. Type one that git log shows there${ways}`,
    );
  if (range !== undefined && (await repository.messages(range)) === null)
    throw new UsageError(
      `--range: git knows no commits ${quote(range)} ${place}. Type what git log takes there, as HEAD~3..HEAD${ways}`,
    );
  return commit;
}

type RunProgram = World['runProgram'];

async function git(folder: string, run: RunProgram, ...args: string[]): Promise<string | null> {
  const { code, stdout } = await run('git', args, folder);
  return code === 0 ? stdout.trim() : null;
}

const whereGitIs = (folder: string, run: RunProgram): Promise<string | null> =>
  git(folder, run, 'rev-parse', '--path-format=absolute', '--git-common-dir');

/**
 * The files of the content folder that are not as `commit` has them, by their paths in it. Null when that is not known:
 * the folder is no checkout of `repository`, as in the hook of a bare one.
 */
async function uncommittedFiles(
  content: string,
  repository: string,
  commit: string,
  run: RunProgram,
): Promise<string[] | null> {
  const place = await whereGitIs(content, run);
  if (place === null || place !== (await whereGitIs(repository, run))) return null;
  const changed = await git(content, run, 'diff', '--name-only', '--relative', '-z', commit, '--', '.');
  const added = await git(content, run, 'ls-files', '--others', '-z', '--', '.');
  if (changed === null || added === null) return null;
  const files = [...changed.split('\0'), ...added.split('\0')].filter((path) => path !== '');
  // As the reader of the content has it: what is hidden is no content.
  return [...new Set(files)].filter((path) => !path.split('/').some((part) => part.startsWith('.'))).sort();
}

/** One line for content that was published under a commit which lacks it; null when all is committed, or that is not known. */
export async function uncommittedNote(
  content: string,
  shown: string,
  repository: string,
  commit: string | null,
  run: RunProgram,
): Promise<string | null> {
  const files = commit === null ? null : await uncommittedFiles(content, repository, commit, run);
  const [first] = files ?? [];
  if (first === undefined || commit === null || files === null) return null;
  const more = files.length === 1 ? '' : ` and ${files.length - 1} more`;
  return oneLine(
    `not as in commit ${commit.slice(0, 9)}: ${shown.replace(/\/+$/, '')}/${first}${more}. Commit it, so that the history has what customers read`,
  );
}
