import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { realDisk } from '../../../scripts/cli/system.ts';
import { allCommands } from '../../../scripts/commands/all.ts';
import { call } from '../call.ts';
import { put, smallSite, unchangedSite } from '../site.ts';

const commands = await allCommands();
const unchanged = unchangedSite();

/** Calls it again as a program would: the same line, once as JSON and once on stderr. */
async function sameAsJson(args: readonly string[], code: number): Promise<void> {
  const told = await call([...args, '--json'], unchanged);
  expect(told).toMatchObject({ code, stderr: expect.stringMatching(/^halfpast: .+\n$/) as string });
  expect(told.stdout.split('\n')).toHaveLength(2);
  expect(JSON.parse(told.stdout)).toEqual({ ok: false, error: told.stderr.slice('halfpast: '.length, -1) });
}

describe('an invalid call ends with 2 and one line that says what to type', () => {
  it.each([
    [[], 'halfpast: a command is missing. Use one of: open, update,'],
    [['help', 'resolv'], "halfpast: unknown command 'resolv'. Did you mean resolve?"],
    [['help', 'xyzzy'], "halfpast: unknown command 'xyzzy'. For help: npx halfpast --help"],
    [['import', 'help', 'upptim'], "halfpast: unknown command 'upptim'. Did you mean upptime?"],
    [['resolv'], "halfpast: unknown command 'resolv'. Did you mean resolve?"],
    [['--content', 'x', 'open'], "halfpast: unknown option '--content'. For help: npx halfpast --help"],
    [
      ['import'],
      'halfpast: a command is missing. Use one of: statuspage, cstate, upptime. For help: npx halfpast import',
    ],
    [['import', 'statuspages'], "halfpast: unknown command 'statuspages'. Did you mean statuspage?"],
    [['import', 'statuspage'], 'halfpast: there is nothing to import. Add --url'],
    [['open', '--titles', 'x'], "halfpast: unknown option '--titles'. Did you mean --title?"],
    [['open', '--constructor', 'x'], "halfpast: unknown option '--constructor'. For help: npx halfpast open --help"],
    [['open', '--__proto__', 'x'], "halfpast: unknown option '--__proto__'."],
    [['open', '--title'], "halfpast: option '--title <TEXT>' argument missing."],
    [['open', '--title', '--impact', 'minor'], 'halfpast: --title needs a value, such as --title "…"'],
    [['open', '--title', 'a', '--title', 'b'], 'halfpast: --title is given more than once. Use it once'],
    [['open', '--commit=yes'], "halfpast: unknown option '--commit=yes'. For help: npx halfpast open --help"],
    [
      ['update', '--status', 'done', '--message', 'x'],
      'halfpast: --status: "done" is not a status. Use one of: investigating, identified, monitoring, resolved.',
    ],
    [
      ['open', 'Search slow'],
      'halfpast: unexpected argument "Search slow". Did you mean --title "Search slow"? For help',
    ],
    [['update', 'slow', 'It works.'], 'halfpast: unexpected argument "It works.". Did you mean --message "It works."?'],
    [
      ['open', 'Checkout', 'errors'],
      'halfpast: unexpected arguments "Checkout errors". Did you mean --title "Checkout errors"?',
    ],
    [['update', 'checkout', 'errors'], 'halfpast: unexpected argument "errors". Put text with spaces in quotes.'],
    [['check', '--now', '2026-11-22T14:05'], 'halfpast: --now: "2026-11-22T14:05" has no UTC offset.'],
    [['check', '--content='], 'halfpast: --content is blank. Add a value, such as --content DIR'],
    [['start', '--port', 'high'], 'halfpast: --port: "high" is not a port. Use a number up to 65535'],
    [['open', '--impact', 'minor', '--message', 'x'], 'halfpast: --title is missing. Add what customers notice'],
    [['open', '--title', 'x', '--impact', 'minor'], 'halfpast: --message is missing. Add what customers should know'],
    [['open', '--title', 'x', '--message', 'x'], 'halfpast: --component is missing. Add what is affected'],
    [['open', '--title', 'x', '--impact', 'minor', '--message', ' '], 'halfpast: --message is blank.'],
    [
      ['open', '--title', 'x', '--impact', 'minor', '--message', '-'],
      'halfpast: --message -: standard input is empty.',
    ],
    [
      ['open', '--title', ' ', '--impact', 'minor', '--message', 'x'],
      'halfpast: --title: is blank. Type a value, or leave it out',
    ],
    [
      ['open', '--title', 'x', '--status', 'resovled'],
      'halfpast: --status: "resovled" is not a status. Did you mean "resolved"?',
    ],
    [
      ['open', '--title', 'x', '--next-update', '14:30'],
      'halfpast: --next-update: "14:30" has no UTC offset. Use 14:30Z',
    ],
    [['open', '--title', 'x', '--started', '14:00'], 'halfpast: --started: "14:00" is not a time.'],
    [
      ['open', '--title', 'x', '--impact', 'minor', '--message', 'x', '--started', '2026-11-22T18:00Z'],
      'halfpast: --started: 2026-11-22T18:00Z is in the future.',
    ],
    [
      ['open', '--title', 'x', '--component', 'chekout=major_outage', '--message', 'x'],
      'halfpast: --component: "chekout" is not a component of content/components.yml. Did you mean "checkout"?',
    ],
    [['update', '--message', 'x', '--wait', '5m'], 'halfpast: --wait is for what is published. Add --push'],
    [['update', '--message', 'x', '--push', '--wait', '5d'], 'halfpast: --wait: "5d" is too long. Use at most 1h'],
    [
      ['open', '--title', 'x', '--component', 'checkout'],
      'halfpast: --component: "checkout" has no status. Type checkout=partial_outage',
    ],
    [
      ['open', '--title', 'x', '--component', 'checkout=down'],
      'halfpast: --component: "down" is not a component status.',
    ],
    [
      ['open', '--title', 'x', '--component', 'api=operational', '--components', 'api=major_outage'],
      'halfpast: --components: "api" is given twice.',
    ],
    [
      ['open', '--title', 'x', '--impact', 'minor', '--message', 'x', '--slug', 'A b'],
      'halfpast: --slug: "A b" cannot be used in an address. Use lowercase letters, digits and hyphens, such as a-b',
    ],
    [
      ['update', '--message', 'x', '--status', 'done'],
      'halfpast: --status: "done" is not a status. Use one of: investigating',
    ],
    [['update'], 'halfpast: --message is missing.'],
    [
      ['update', '2026-11-22-checkout-errors', '--message', 'x', '--until', '2026-12-01T00:00Z'],
      "halfpast: --until doesn't apply to an incident. Leave it out",
    ],
    [
      ['update', '2026-12-01-database-upgrade', '--message', 'x', '--impact', 'minor'],
      "halfpast: --impact doesn't apply to maintenance. Leave it out",
    ],
    [
      ['update', 'slow-search', '--message', 'x'],
      'halfpast: --status is missing: 2026-11-20-slow-search is resolved. Type --status resolved to add to it, or --status investigating, identified or monitoring to reopen it',
    ],
    [
      ['update', 'database', '--message', 'x', '--for', '2026-12-03T22:00Z'],
      'halfpast: --for: the window would start at 2026-12-03T22:00Z, but it ends at 2026-12-02T00:00Z. Add its new end, such as --until 2026-12-04T00:00Z',
    ],
    [
      ['update', 'database', '--message', 'x', '--until', '2026-12-01T20:00Z'],
      'halfpast: --until: the window would end at 2026-12-01T20:00Z, but it starts at 2026-12-01T22:00Z.',
    ],
    [
      ['update', 'database', '--message', 'x', '--status', 'in_progress', '--now', '2026-12-03T00:00Z'],
      'halfpast: --status in_progress: the window ended at 2026-12-02T00:00Z. Add its new end with --until, or type --status completed',
    ],
    [
      ['update', 'database', '--message', 'x', '--status', 'scheduled', '--now', '2026-12-02T00:00Z'],
      'halfpast: --status scheduled: the window ended at 2026-12-02T00:00Z. Add the new window with --for and --until, or type --status completed',
    ],
    [
      ['update', '--status', 'resolved', '--customer-data', 'unaffected', '--next-update', '1h', '--message', 'x'],
      'halfpast: --next-update: the update resolves the incident, so there is no next update. Leave it out, or use another status',
    ],
    [
      [
        ...['open', '--title', 'x', '--status', 'resolved', '--impact', 'minor', '--next-update', '1h'],
        ...['--started', '2026-11-22T13:00Z', '--ended', '2026-11-22T14:00Z', '--message', 'x'],
      ],
      'halfpast: --next-update: the update resolves the incident, so there is no next update. Leave it out, or use another status',
    ],
    [['resolve'], 'halfpast: --message is missing.'],
    [['schedule', '--title', 'x', '--until', '2026-12-02T00:00Z', '--message', 'x'], 'halfpast: --for is missing.'],
    [
      ['schedule', '--title', 'x', '--for', '2026-12-02T00:00Z', '--until', '2026-12-01T00:00Z', '--message', 'x'],
      'halfpast: --until: 2026-12-01T00:00Z is not after the start, 2026-12-02T00:00Z.',
    ],
    [
      ['schedule', '--title', 'x', '--for', '2026-11-01T00:00Z', '--until', '2026-11-02T00:00Z', '--message', 'x'],
      'halfpast: --until: 2026-11-02T00:00Z is in the past.',
    ],
    [
      ['init', '--name', 'X', '--url', 'x.example', '--time-zone', 'UTC', '--component', 'API'],
      'halfpast: --url: "x.example" is not a web address.',
    ],
    [
      ['init', '--name', 'X', '--url', 'https://x.example', '--component', 'API'],
      'halfpast: --time-zone is missing. Add it, such as --time-zone Europe/Berlin',
    ],
    [['init', '--name', 'X', '--url', 'https://x.example', '--time-zone', 'UTC'], 'halfpast: --component is missing.'],
    [['open', '--title', '', '--message', 'x'], 'halfpast: --title: is blank. Type a value, or leave it out'],
    [['open', '--title', 'x', '--lead', ''], 'halfpast: --lead: is blank. Type a value'],
    [['init', '--name', ''], 'halfpast: --name: is blank. Type a value'],
    [['build', '--out', ''], 'halfpast: --out is blank. Add a value, such as --out DIR'],
    [
      ['import', 'statuspage', '--incidents', ' '],
      'halfpast: --incidents is blank. Add a value, such as --incidents FILE',
    ],
    [['init', '--component', 'API', '--component', 'api'], 'halfpast: --component: two components have the id "api".'],
    [['init', '--component', '障害'], 'halfpast: --component: "障害" has no id that fits in an address.'],
    [
      ['init', '--component', 'Constructor'],
      'halfpast: --component: "constructor" is a reserved id. Type another, such as constructor-service=Constructor',
    ],
  ])('%j', async (args, line) => {
    const { code, stdout, stderr } = await call(args, unchanged);
    expect(stderr).toContain(line);
    expect({ code, stdout, lines: stderr.trimEnd().split('\n').length }).toEqual({ code: 2, stdout: '', lines: 1 });
    await sameAsJson(args, 2);
  });
});

describe('an error that the user can fix ends with 1 and one line', () => {
  it.each([
    [
      ['check', '--content', 'content/site.yml'],
      'halfpast: content/site.yml is a file. Use the folder it is in, such as --content content',
    ],
    [
      ['check', '--content', 'nowhere'],
      'halfpast: there is no content folder at nowhere. Name another with --content DIR',
    ],
    [
      ['postmortem', 'nope'],
      'halfpast: nothing in content has "nope" in its name. Use one of: 2026-11-22-checkout-errors, 2026-11-20-slow-search.',
    ],
    [['update', 'no-such-thing', '--message', 'x'], 'halfpast: nothing in content has "no-such-thing" in its name.'],
    [
      ['update', 'database', '--message', 'x'],
      'halfpast: no incident has "database" in its name. If you mean the maintenance "Database upgrade", type its full name: npx halfpast update 2026-12-01-database-upgrade',
    ],
    [
      ['resolve', 'slow-search', '--message', 'x'],
      'halfpast: 2026-11-20-slow-search was resolved at 2026-11-20T09:50Z. To add to it: npx halfpast update 2026-11-20-slow-search --status resolved --message',
    ],
    [
      // With another time, there'd still be nothing to resolve.
      ['resolve', 'slow-search', '--message', 'x', '--at', 'nine'],
      'halfpast: 2026-11-20-slow-search was resolved at 2026-11-20T09:50Z.',
    ],
    [
      ['resolve', '2026-12-01-database-upgrade', '--message', 'x'],
      'halfpast: 2026-12-01-database-upgrade is maintenance. Type: npx halfpast update 2026-12-01-database-upgrade --status completed',
    ],
    [['postmortem', 'checkout'], 'halfpast: 2026-11-22-checkout-errors is still open. Resolve it first'],
    [['postmortem', 'slow-search'], 'halfpast: content/postmortems/2026-11-20-slow-search.md already exists.'],
    [['postmortem', '2026-12-01-database-upgrade'], 'halfpast: 2026-12-01-database-upgrade is maintenance.'],
    [
      ['open', '--title', 'Checkout errors', '--impact', 'minor', '--message', 'x'],
      'halfpast: 2026-11-22-checkout-errors is already open. To update it: npx halfpast update 2026-11-22-checkout-errors',
    ],
    [
      ['update', '--message', 'x', '--now', '2026-11-22T13:00Z'],
      "halfpast: one incident can't be read, so it is not clear which one you mean. Name it, or fix this: content/incidents/2026-11-22-checkout-errors/2026-11-22T1405Z.md:1:1  2026-11-22T1405Z is in the future",
    ],
    [
      ['import', 'statuspage', '--incidents', 'nowhere.json', '--content', 'new'],
      'halfpast: --incidents: there is no file nowhere.json. Check the path',
    ],
    [['import', 'statuspage', '--incidents', 'content', '--content', 'new'], 'content is a folder. Name a file'],
  ])('%j', async (args, line) => {
    const { code, stdout, stderr } = await call(args, unchanged);
    expect(stderr).toContain(line);
    expect({ code, stdout, lines: stderr.trimEnd().split('\n').length }).toEqual({ code: 1, stdout: '', lines: 1 });
    await sameAsJson(args, 1);
  });
});

describe('with --json', () => {
  it.each(commands.map(({ name }) => [name]))('a flag that %s does not have is reported as JSON', async (name) => {
    await sameAsJson([...name.split(' '), '--no-such-flag'], 2);
  });

  it('an error of the system is reported as JSON', async () => {
    const full = Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' });
    const disk = { ...realDisk, create: () => Promise.reject(full) };
    const { code, stdout } = await call('update --message x --json', smallSite(), { context: { disk } });
    expect({ code, said: JSON.parse(stdout) as unknown }).toEqual({
      code: 1,
      said: { ok: false, error: 'a file could not be written: the disk is full' },
    });
  });

  it('a command without its own JSON prints its lines as JSON', async () => {
    const { code, stdout } = await call(
      'init --name X --url https://x.example --time-zone UTC --component API --content new --dry-run --json',
      smallSite(),
    );
    expect({ code, said: JSON.parse(stdout) as unknown }).toEqual({
      code: 0,
      said: {
        ok: true,
        lines: expect.arrayContaining(['new/site.yml', 'Not written, and 0 files not removed.']) as string[],
      },
    });
  });

  it('start prints problems in the content as JSON', async () => {
    const folder = smallSite();
    put(folder, 'site.yml', 'name: Example\n');
    // In place of Astro, which also refuses this content, but takes a second to start.
    const runProgram = () => Promise.resolve({ code: 1, stdout: '', stderr: '' });
    const { stdout } = await call('start --json', folder, { context: { runProgram } });
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, problems: [expect.anything(), expect.anything()] });
  });
});

describe('in a folder of the repository', () => {
  it.each(['docs/notes', 'content', 'content/incidents', '.'])(
    '%s, the content is found without --content',
    async (below) => {
      const folder = smallSite();
      mkdirSync(join(folder, '.git'));
      mkdirSync(join(folder, below), { recursive: true });
      expect(await call('check', join(folder, below))).toEqual({
        code: 0,
        stdout: '2 incidents, 1 maintenance window, 1 postmortem: no problems\n',
        stderr: '',
      });
      const { stdout } = await call('update --message x --json', join(folder, below));
      expect(existsSync(join(folder, below, (JSON.parse(stdout) as { file: string }).file))).toBe(true);
    },
  );

  it('content of an enclosing repository is left alone', async () => {
    const folder = smallSite();
    mkdirSync(join(folder, 'other/.git'), { recursive: true });
    expect((await call('check', join(folder, 'other'))).stderr).toBe(
      'halfpast: there is no content folder at content. Name another with --content DIR or HALFPAST_CONTENT=DIR, or make one with: npx halfpast init\n',
    );
  });
});

describe('a bug', () => {
  it('is not blamed on the user', async () => {
    const disk = { ...realDisk, create: () => Promise.reject(new Error('a bug')) };
    await expect(call('update --message x', smallSite(), { context: { disk } })).rejects.toThrow('a bug');
  });

  it('but an error of the system is reported in one line', async () => {
    const full = Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC', path: '/x/y.md' });
    const disk = { ...realDisk, create: () => Promise.reject(full) };
    expect(await call('update --message x', smallSite(), { context: { disk } })).toEqual({
      code: 1,
      stdout: '',
      stderr: 'halfpast: /x/y.md could not be written: the disk is full\n',
    });
  });
});

describe('help', () => {
  it('lists every command', async () => {
    const { code, stdout } = await call('--help', unchanged);
    expect(code).toBe(0);
    for (const { name } of commands) expect(stdout).toMatch(new RegExp(`^  ${name.split(' ')[0]} `, 'm'));
  });

  it.each(commands.map((command) => [command.name, command] as const))(
    'of %s shows every flag and example',
    async (name, command) => {
      const { code, stdout } = await call([...name.split(' '), '--help'], unchanged);
      expect(code).toBe(0);
      for (const flag of Object.keys(command.options)) expect(stdout).toContain(`--${flag}`);
      for (const { line } of command.examples) expect(stdout).toContain(line);
      const [word = name] = name.split(' ');
      expect(await call(['help', word], unchanged)).toEqual(await call([word, '--help'], unchanged));
    },
  );

  it.each([
    ['import', ['import', '--help']],
    ['import', ['import', '-h']],
    ['import', ['help', 'import']],
  ])('of a word with several commands, %s, shows all of them: %j', async (word, args) => {
    const { code, stdout } = await call(args, unchanged);
    const subcommands = commands.filter(({ name }) => name.startsWith(`${word} `));
    expect(subcommands.length).toBeGreaterThan(1);
    expect(code).toBe(0);
    for (const { name, summary } of subcommands) {
      expect(stdout).toMatch(new RegExp(`^  ${name.slice(word.length + 1)} +${summary.slice(0, 30)}`, 'm'));
    }
  });

  it('prints the version', async () => {
    expect(await call('--version', unchanged)).toEqual({ code: 0, stdout: '1.2.3\n', stderr: '' });
  });
});
