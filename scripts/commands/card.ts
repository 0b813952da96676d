import { join, relative, resolve } from 'node:path';
import { defineCommand } from '../cli/command.ts';
import { openContent } from '../cli/content.ts';
import type { Context } from '../cli/context.ts';
import { UsageError } from '../cli/errors.ts';
import { contentFlag, shellWord } from '../cli/text.ts';
import { readGitHub } from '../publish/options.ts';
import { folderEmergency, gitHubEmergency, type RunCard, runCardText } from '../publish/run-card.ts';
import { ownServer } from '../publish/server-hook.ts';
import { repositoryOf } from '../write/init.ts';

type Place = Pick<RunCard, 'places' | 'post' | 'emergency'>;

/** A command as typed in the clone of Halfpast. A content folder elsewhere is named as it was given. */
function inClone(command: string, content: string, { cwd, root }: Context): string {
  const path = relative(root, resolve(cwd, content));
  return `bin/halfpast ${command}${contentFlag(path.startsWith('..') ? content : path)}`;
}

function onGitHub(repository: string, folder: string, commands: readonly string[], compose: string | null): Place {
  const page = `https://github.com/${repository}`;
  return {
    places: [
      ['Published by', `GitHub Pages, from ${page}`],
      ['Content', folder],
    ],
    post: [
      ...(compose === null ? [] : [compose]),
      `${page}/actions/workflows/post-update.yml`,
      ...commands,
      `From alerts: ${page}/pulls`,
    ],
    emergency: gitHubEmergency(repository),
  };
}

/** `server` is null if it's unknown. Then DIR has to be filled in by hand. */
function inFolder(
  server: { readonly to: string; readonly bare: string | null } | null,
  path: string,
  commands: readonly string[],
  url: string,
  { cwd, root }: Context,
): Place {
  const to = server === null ? 'DIR' : resolve(cwd, server.to);
  const bare = server?.bare == null ? null : resolve(cwd, server.bare);
  const program = shellWord(join(root, 'bin/halfpast'));
  return {
    places: [
      ...(server === null ? [['Missing', 'DIR, the folder with the releases: add --to, or --github'] as const] : []),
      ['Releases', `${to} (the web server serves ${join(to, 'current')})`],
      ['Content', path],
      ['Halfpast', root],
    ],
    post: [...commands, `Is it live? ${program} status --content ${shellWord(path)}`],
    emergency: folderEmergency({ to, program, url, content: path, bare }),
  };
}

export const card = defineCommand({
  name: 'card',
  summary: 'Print a run card for your page, to hang on the wall',
  details:
    'The card fits on one page: where the status page is published, the goals, how to post, and exactly what to type to stop publishing, go back and publish manually. Print it before you need it. By default, it describes the GitHub repository that has the content, or the hook of a remote on this machine.',
  args: [],
  options: {
    github: { value: 'OWNER/REPO', help: 'the repository that publishes' },
    to: { value: 'DIR', help: 'the folder with the releases, on the server that publishes to it' },
    repository: { value: 'DIR', help: 'with --to: the bare repository whose hook publishes' },
  },
  examples: [
    { line: 'npx halfpast card', says: 'for a page on GitHub; to print it, add | lp' },
    {
      line: 'npx halfpast card --to /srv/status --repository /srv/status.git --content /srv/checkout/content',
      says: 'on your own server',
    },
  ],
  run: async (call, context) => {
    const { github, to, repository } = call.options;
    if (github !== undefined && to !== undefined)
      throw new UsageError('choose one: --to /srv/status, or --github example/status');
    if (repository !== undefined && to === undefined)
      throw new UsageError(
        '--repository is for your own server. Add the folder with the releases, such as --to /srv/status',
      );
    const { settings, now, path } = await openContent(call.content, call.now(), context);
    const remote = to === undefined && github === undefined ? await repositoryOf(path, context) : null;
    const name = github === undefined ? (settings.repository?.name ?? remote?.github) : readGitHub(github);
    const server = to === undefined ? await ownServer(path, context) : { to, bare: repository ?? null };
    const folder = settings.repository?.folder ?? remote?.content ?? 'content';
    const commands = ['open', 'update', 'resolve'].map((one) => inClone(`${one} --push`, call.content, context));
    const place =
      to === undefined && name !== undefined
        ? onGitHub(
            name,
            folder === '' ? 'the whole repository' : `${folder}/`,
            commands,
            settings.compose ? `${settings.url}/compose/` : null,
          )
        : inFolder(server, path, commands, settings.url, context);
    const text = runCardText({ settings, now, drill: inClone('drill', call.content, context), ...place });
    context.stdout(
      call.json ? `${JSON.stringify({ ok: true, name: settings.name, url: settings.url, ...place })}\n` : text,
    );
    return 0;
  },
});
