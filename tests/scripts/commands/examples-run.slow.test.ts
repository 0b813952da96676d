import { execFileSync, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { allCommands } from '../../../scripts/commands/all.ts';
import { sampleContent, temporaryFolder, write } from '../../support/folders.ts';
import { plainEnvironment, root } from '../../support/halfpast.ts';
import { serving } from '../../support/serving.ts';
import { serveFolder } from '../../support/static-server.ts';

const commands = await allCommands();

/** The examples in the help of a command. */
function examplesOf(name: string): readonly string[] {
  return commands.find((command) => command.name === name)?.examples.map(({ line }) => line) ?? [];
}

type Run = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** Runs a line in a shell where `npx halfpast` runs this checkout. */
function shell(line: string, cwd: string, env: NodeJS.ProcessEnv = {}): Promise<Run> {
  const script = `npx() { shift; '${process.execPath}' '${root}/scripts/halfpast.ts' "$@"; }\n${line}`;
  const child = spawn('sh', ['-c', script], {
    cwd,
    env: { ...plainEnvironment, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
  return new Promise((resolve) => void child.on('close', (code) => resolve({ code: code ?? -1, stdout, stderr })));
}

const git = (folder: string, ...args: readonly string[]): string =>
  execFileSync('git', [...args], { cwd: folder, encoding: 'utf8' }).trim();

/** A repository with the sample content, whose page is at `url`, and a remote with the same commit. */
function clone(url: string): string {
  const folder = temporaryFolder();
  const content = sampleContent(folder);
  write(content, 'site.yml', `name: Example\nurl: ${url}\ntime_zone: Europe/Berlin\n`);
  git(folder, 'init', '--quiet');
  git(folder, 'add', 'content');
  git(folder, 'commit', '--quiet', '-m', 'Begin');
  const remote = join(temporaryFolder(), 'remote.git');
  git(folder, 'init', '--quiet', '--bare', remote);
  git(folder, 'remote', 'add', 'origin', remote);
  git(folder, 'push', '--quiet', 'origin', 'main');
  return folder;
}

// The steps that need GitHub are run against an emulated one by tests/system/github and tests/system/workflows.
it('the examples of the publishing steps run one after the other, on a folder that is served', async () => {
  const served = join(temporaryFolder(), 'status');
  const live = await serveFolder(join(served, 'current'));
  onTestFinished(() => live.close());
  const folder = clone(live.origin);
  const here = (line: string): string =>
    line
      .replaceAll('/srv/status.git', folder)
      .replaceAll('/srv/status', served)
      .replaceAll('https://status.example.com', live.origin)
      .replaceAll('--again-after 5m', '--again-after 1s');
  const ran: string[] = [];
  const runs = async (line: string, ...codes: readonly number[]): Promise<Run> => {
    const run = await shell(here(line), folder, { new: git(folder, 'rev-parse', 'HEAD') });
    expect(codes, `${line}: ${JSON.stringify(run)}`).toContain(run.code);
    ran.push(line);
    return run;
  };
  const [build = '', buildAgain = ''] = examplesOf('build');
  await runs(build, 0);
  await runs(buildAgain, 0);
  for (const line of examplesOf('publish')) {
    await runs(line, 0);
    const more = await shell(
      'npx halfpast open --title Odd --impact minor --status resolved --message x --commit',
      folder,
    );
    expect(more, more.stderr).toMatchObject({ code: 0 });
  }
  for (const line of examplesOf('notify')) await runs(line, 0);
  for (const line of examplesOf('remind')) await runs(line, 0);
  // The live page is newer than dist by now, so there's nothing to publish.
  for (const line of examplesOf('guard')) await runs(line, 0, 3);
  writeFileSync(join(folder, 'guard.txt'), '');
  for (const line of examplesOf('preview')) await runs(line, 0);
  const built = await serveFolder(join(folder, 'dist'));
  const old = await serveFolder(join(folder, 'site'));
  onTestFinished(async () => void (await Promise.all([built.close(), old.close()])));
  for (const line of examplesOf('verify')) {
    await runs(
      line.replace('https://status.example.com', built.origin).replace('http://localhost:8080', old.origin),
      0,
    );
  }
  const [back = '', list = '', to = ''] = examplesOf('rollback');
  const { stdout } = await runs(list, 0);
  const ids = stdout.match(/\d{8}T\d{9}Z/g) ?? [];
  expect(ids.length).toBeGreaterThan(1);
  await runs(back, 0);
  await runs(to.replace('20261122T140530123Z', ids[0] ?? ''), 0);
  const all = ['build', 'publish', 'notify', 'remind', 'guard', 'preview', 'verify', 'rollback'].flatMap(examplesOf);
  expect(ran).toHaveLength(all.filter((line) => !line.includes('--github')).length);
});

it.each(['start', 'dev'])('the example of %s serves until it is stopped', async (name) => {
  const folder = clone('https://status.example.com');
  const [line = ''] = examplesOf(name);
  const { address, interrupt } = await serving(
    process.execPath,
    [join(root, 'scripts/halfpast.ts'), ...line.split(' ').slice(2)],
    folder,
  );
  expect((await fetch(address)).status).toBe(200);
  await interrupt();
});
