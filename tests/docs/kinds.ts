import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { runInNewContext } from 'node:vm';
import { parse as parseToml } from 'smol-toml';
import { expect } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { maintenanceStatuses } from '../../src/lib/domain/vocabulary.ts';
import { sampleContent, temporaryFolder, write } from '../support/folders.ts';
import { root } from '../support/halfpast.ts';
import { call } from '../scripts/call.ts';
import { judgeLine, linesOf } from './command-lines.ts';
import { type Block, blocks } from './documents.ts';

/** After the updates in the examples, and before their maintenance. */
const now = '2026-11-25T12:00:30Z';

/** A one-pixel image. */
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

const others = (block: Block, kind: string): readonly Block[] =>
  blocks.filter((other) => other.path === block.path && other.kind === kind);

/** Everything that `check` prints for a content folder. */
async function check(folder: string): Promise<string> {
  const { code, stdout, stderr } = await call(['check', '--now', now], folder);
  return code === 0 ? stdout : `${stdout}${stderr}`.replace(/^/, 'REFUSED ');
}

const good = /^\d+ incidents?, [^]*no problems/m;

/** A copy of the sample content, as a page whose first incident is still to come. */
function exampleSite(): string {
  const folder = temporaryFolder();
  sampleContent(folder, { hasHistory: false });
  return folder;
}

/** An update or its translation, a template, an announcement or a page, added to the sample content. */
async function contentFile({ text }: Block): Promise<void> {
  const folder = exampleSite();
  const [, frontMatter = ''] = /^---\n([^]*?)---\n/.exec(text) ?? [];
  const fields = parseYaml(frontMatter) as {
    readonly title?: string;
    readonly label?: string;
    readonly status?: string;
    readonly until?: string;
    readonly navigation?: number;
  };
  if (fields.label !== undefined) write(folder, 'content/templates/example.md', text);
  else if (fields.until !== undefined) write(folder, 'content/announcements/example.md', text);
  else if (fields.status === undefined && fields.title !== undefined && fields.navigation === undefined) {
    const original = 'content/incidents/2026-11-22-example/2026-11-22T1405Z';
    write(folder, `${original}.md`, `---\ntitle: Example\nstatus: investigating\nimpact: minor\n---\nIt is slow.\n`);
    write(folder, `${original}.de.md`, text);
    const settings = readFileSync(join(folder, 'content/site.yml'), 'utf8');
    write(folder, 'content/site.yml', settings.replace(/^locale:.*$/m, 'locales: [en-GB, de]'));
  } else if (fields.navigation !== undefined) write(folder, 'content/pages/example.md', text);
  else {
    const isMaintenance = maintenanceStatuses.some((status) => status === fields.status);
    const home = isMaintenance ? 'content/maintenance/2026-12-01-example' : 'content/incidents/2026-11-22-example';
    if (fields.title === undefined)
      write(
        folder,
        `${home}/2026-11-22T1405Z.md`,
        '---\ntitle: Example\nstatus: investigating\nimpact: minor\n---\nSomething is slow.\n',
      );
    write(folder, `${home}/2026-11-22T1430Z.md`, text);
  }
  expect(await check(folder)).toMatch(good);
}

/** URLs of the page in a block. docs/follow.md must list each of them. */
function addresses({ text }: Block): void {
  const follow = readFileSync(join(root, 'docs/follow.md'), 'utf8');
  const found = [...text.matchAll(/https:\/\/status\.example\.com(\/[^")\s]*)/g)].map(([, path = '']) => path);
  expect(found.length).toBeGreaterThan(0);
  expect(found.filter((path) => path !== '/' && !follow.includes(`| \`${path}\` |`))).toEqual([]);
}

/** Dependabot's requirements for its file. */
function dependabot({ version, updates }: Readonly<Record<string, unknown>>): void {
  expect(version).toBe(2);
  for (const update of updates as Readonly<Record<string, unknown>>[])
    expect(update).toMatchObject({
      'package-ecosystem': expect.stringMatching(/^(?:npm|github-actions)$/) as string,
      directory: '/',
      schedule: { interval: 'weekly' },
    });
}

/** Settings or components: either a whole file, or some fields to add to one. */
async function yaml(block: Block): Promise<void> {
  const { text } = block;
  const schema = /^# yaml-language-server: \$schema=(\S+)\n$/.exec(text)?.[1];
  if (schema !== undefined) return expect(existsSync(join(root, 'content', schema)), schema).toBe(true);
  const fields = parseYaml(text) as Readonly<Record<string, unknown>>;
  if (fields['updates'] !== undefined) return dependabot(fields);
  const folder = temporaryFolder();
  write(folder, 'content/components.yml', 'components:\n  - id: checkout\n    name: Checkout\n');
  const languages = text.includes('translations:') ? 'locales: [en, de]\n' : '';
  write(folder, 'content/site.yml', `name: Acme\nurl: https://status.acme.example\ntime_zone: UTC\n${languages}`);
  const isWhole = fields['name'] !== undefined;
  const site = isWhole ? '' : readFileSync(join(folder, 'content/site.yml'), 'utf8');
  const isList = Array.isArray(fields['components']) || fields['groups'] !== undefined;
  write(folder, isList ? 'content/components.yml' : 'content/site.yml', isList ? text : `${site}${text}`);
  if (fields['logo'] !== undefined)
    write(
      folder,
      'content/logo.svg',
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M2 2h36v16H2z"/></svg>\n',
    );
  expect(await check(folder)).toMatch(good);
}

async function json({ text }: Block): Promise<void> {
  const value = JSON.parse(text) as Readonly<Record<string, unknown>>;
  if (value['client_payload'] !== undefined) {
    const alert = ['alert', '--github', 'example/status', '--dry-run'];
    const given = { now, piped: JSON.stringify(value['client_payload']) };
    expect(await call(alert, exampleSite(), given)).toMatchObject({ code: 0, stderr: '' });
    return;
  }
  if (value['yaml.schemas'] !== undefined) {
    for (const schema of Object.keys(value['yaml.schemas'] as object))
      expect(existsSync(join(root, schema)), schema).toBe(true);
    return;
  }
  // The output of a command must have the same fields in the same order, with the same types.
  const { stdout } = await call(
    [
      'open',
      '--title',
      String(value['title']),
      '--component',
      'accounts=degraded_performance',
      '--message',
      'x',
      '--json',
    ],
    exampleSite(),
    { now: '2026-11-22T14:05:30Z' },
  );
  const printed = JSON.parse(stdout) as Readonly<Record<string, unknown>>;
  const shape = (of: Readonly<Record<string, unknown>>): string[] =>
    Object.entries(of).map(([name, field]) => `${name}: ${Array.isArray(field) ? 'list' : typeof field}`);
  expect(shape(value)).toEqual(shape(printed));
  for (const name of ['file', 'incident', 'permalink']) expect(value[name]).toBe(printed[name]);
  expect(printed['notes']).toEqual(expect.arrayContaining(value['notes'] as string[]));
}

/** Existing commands and flags, in lines that a shell can parse. `examples.slow.test.ts` runs them. */
function sh({ text }: Block): void {
  expect(linesOf(text).flatMap((line) => judgeLine(line).problems)).toEqual([]);
  expect(
    text.match(/(?<![\w/$-]|git fetch )halfpast \w+/g)?.length ?? 0,
    'halfpast is not on the PATH: use npx halfpast',
  ).toBe(text.match(/npx halfpast \w+/g)?.length ?? 0);
  expect(spawnSync('sh', ['-n'], { input: text, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
}

/** A systemd unit that starts an existing command. `examples.slow.test.ts` has systemd verify it. */
function ini({ text }: Block): void {
  const [, command = ''] = /^ExecStart=\S+\/node \/srv\/halfpast\/bin\/halfpast\.js (.+)$/m.exec(text) ?? [];
  expect(judgeLine(`npx halfpast ${command}`)).toEqual({ calls: 1, problems: [] });
  expect(existsSync(join(root, 'bin/halfpast.js'))).toBe(true);
}

function toml({ text }: Block): void {
  const { build } = parseToml(text) as unknown as {
    readonly build: {
      readonly command: string;
      readonly publish: string;
      readonly environment: { readonly NODE_VERSION: string };
    };
  };
  expect(judgeLine(build.command)).toEqual({ calls: 1, problems: [] });
  expect(build.publish).toBe('dist');
  expect(Number(build.environment.NODE_VERSION)).toBeGreaterThanOrEqual(24);
}

async function svg({ text }: Block): Promise<void> {
  const folder = exampleSite();
  write(folder, 'content/logo.svg', text);
  write(folder, 'content/site.yml', `${readFileSync(join(folder, 'content/site.yml'), 'utf8')}logo: logo.svg\n`);
  expect(await check(folder)).toMatch(good);
}

/** A theme. */
async function css({ text }: Block): Promise<void> {
  const folder = exampleSite();
  write(folder, 'content/theme.css', text);
  expect(await check(folder)).toMatch(good);
}

/**
 * A tree of the content folder, in which `check` must know every file; or the output of `check`
 * for the document's first settings.
 */
async function text(block: Block): Promise<void> {
  const folder = temporaryFolder();
  if (!block.text.startsWith('content/\n')) {
    const settings = others(block, 'yaml')[0]?.text.replace(/^logo:.*\n/m, '') ?? '';
    write(folder, 'content/site.yml', `name: Acme\nurl: https://status.acme.example\ntime_zone: UTC\n${settings}`);
    write(folder, 'content/components.yml', 'components:\n  - id: checkout\n    name: Checkout\n');
    const [, declaration] = /^content\/theme\.css:3:3 {2}(--\w+: \S+)/.exec(block.text) ?? [];
    if (declaration !== undefined)
      write(folder, 'content/theme.css', `/* The example of the document. */\n:root {\n  ${declaration};\n}\n`);
    expect(await check(folder)).toContain(block.text);
    return;
  }
  sampleContent(folder);
  const bodies: Readonly<Record<string, string>> = {
    incidents: '---\ntitle: Example\nstatus: investigating\nimpact: minor\n---\nSomething is slow.\n',
    maintenance:
      '---\ntitle: Example\nstatus: scheduled\nscheduled_for: 2026-12-01T22:00Z\nscheduled_until: 2026-12-02T00:00Z\ncomponents:\n  checkout: under_maintenance\n---\nPlanned.\n',
    postmortems:
      '---\ntitle: Example\ndraft: true\nauthors: [Dana]\nsummary: It was slow.\ncustomer_data: unaffected\n---\nText.\n',
    pages: '---\ntitle: Example\n---\nText.\n',
    'theme.css': ':root {\n  --radius: 0;\n}\n',
    announcements: '---\ntitle: Example\nfrom: 2026-12-24T08:00Z\nuntil: 2026-12-27T08:00Z\n---\nText.\n',
    'stop.md': 'We are moving.\n',
  };
  const open: string[] = [];
  for (const [, indent = '', name = ''] of block.text.matchAll(/^( *)(\S+)/gm)) {
    open.length = indent.length / 2;
    open.push(name.replace(/\/$/, ''));
    const path = open.join('/');
    if (name.endsWith('/') || existsSync(join(folder, path))) continue;
    if (name.endsWith('.png')) {
      writeFileSync(join(folder, path), Buffer.from(png, 'base64'));
      continue;
    }
    const body = bodies[open[1] ?? ''];
    expect(body, `what is ${path}?`).toBeDefined();
    write(folder, path, body ?? '');
  }
  expect(await check(folder)).toMatch(good);
}

/** A page whose imports must exist. tests/system/browser/astro-project.test.ts builds a similar one. */
function page({ text }: Block): void {
  const imports = [...text.matchAll(/from '(\.[^']+)'/g)].map(([, path = '']) => path);
  expect(imports.length).toBeGreaterThan(0);
  expect(imports.filter((path) => !existsSync(join(root, 'src/pages', path)))).toEqual([]);
}

/** A line of astro.config.mjs, with options for the integration. */
function configuration({ text }: Block): void {
  const given: unknown[] = [];
  runInNewContext(`({ ${text} })`, { halfpast: (options: unknown) => void given.push(options) });
  expect(given).toEqual([{ csp: expect.any(Object) as unknown }]);
}

/** A monitor's configuration. tests/system/github/alerts.test.ts sends what the monitor makes of it. */
const ofMonitor = ({ path, text: lines }: Block): boolean =>
  path === 'docs/alerts.md' && /event_type|"Authorization"/.test(lines) && !lines.includes('"checkout-5xx"');

const unlessOfMonitor =
  (check: (block: Block) => void | Promise<void>) =>
  (block: Block): void | Promise<void> =>
    ofMonitor(block) ? undefined : check(block);

/** The run card for the sample, on the day it was printed. */
async function runCard(block: Block): Promise<void> {
  const printed = (await call('card --github example/status', exampleSite())).stdout;
  expect(block.text).toBe(printed.replace(/Printed \S+/, /Printed \S+/.exec(block.text)?.[0] ?? ''));
}

/** How to check a block of each kind. The documents have no other kinds. */
export const kinds: Readonly<Record<string, (block: Block) => void | Promise<void>>> = {
  sh,
  yaml: unlessOfMonitor(yaml),
  json: unlessOfMonitor(json),
  toml,
  ini,
  text: unlessOfMonitor((block) => (block.text.startsWith('===') ? runCard(block) : text(block))),
  html: addresses,
  xml: svg,
  css,
  markdown: (block) => (block.text.startsWith('---\n') ? contentFile(block) : addresses(block)),
  astro: page,
  js: configuration,
  // tests/system/end-to-end.test.ts starts nginx with it.
  nginx: ({ path, text: lines }) =>
    expect([path, lines.startsWith('root /srv/status/current;\n')]).toEqual(['docs/publishing.md', true]),
};
