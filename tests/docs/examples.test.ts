import { expect, it } from 'vitest';
import { blocks } from './documents.ts';
import { kinds } from './kinds.ts';

it.each(blocks.map((block) => ({ ...block, at: `${block.path}:${block.line}` })))(
  'the example at $at, $kind',
  async (block) => {
    expect(Object.keys(kinds), 'name the kind of text after the fence').toContain(block.kind);
    await kinds[block.kind]?.(block);
  },
);

it('includes examples of every kind', () => {
  expect([...new Set(blocks.map(({ kind }) => kind))].sort()).toEqual(Object.keys(kinds).sort());
});

it.each([
  ['markdown', '---\nstatus: resovled\n---\nText.\n'],
  ['markdown', '[Badge](https://status.example.com/no-such.svg)\n'],
  ['yaml', 'time_zoen: UTC\n'],
  ['yaml', 'components:\n  - id: Check out\n    name: Checkout\n'],
  ['yaml', 'version: 2\nupdates:\n  - package-ecosystem: nmp\n    directory: /\n    schedule: { interval: weekly }\n'],
  ['yaml', '# yaml-language-server: $schema=../schemas/no-such.json\n'],
  ['json', '{ "yaml.schemas": { "./schemas/no-such.json": "x" } }'],
  ['json', '{ "title": "Sign-in is slow", "file": "x" }'],
  [
    'toml',
    '[build]\ncommand = "npm run build && npx halfpast gaurd"\npublish = "dist"\n[build.environment]\nNODE_VERSION = "24"\n',
  ],
  ['sh', 'npx halfpast update --mesage "x"\n'],
  ['sh', 'if true; then\n'],
  ['sh', 'halfpast update --message "x"\n'],
  ['ini', '[Service]\nExecStart=/usr/bin/node /srv/halfpast/bin/halfpast.js wacth --to /srv/status\n'],
  ['ini', '[Service]\nExecStrat=/usr/bin/node /srv/halfpast/bin/halfpast.js watch --to /srv/status\n'],
  ['xml', '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>\n'],
  ['html', '<script src="https://status.example.com/no-such.js"></script>\n'],
  ['text', 'accent: #123456 has a contrast of 1\n'],
  ['text', 'content/\n  sites.yml\n'],
  ['astro', "---\nimport { getSite } from '../nowhere.ts';\n---\n"],
  ['js', 'integrations: [halfpast({ cps: {} })],\n'],
  ['js', 'integrations: [halfpast(\n'],
  ['nginx', 'root /elsewhere;\n'],
])('detects a wrong example: %s %j', async (kind, text) => {
  const block = { path: 'docs/publishing.md', line: 1, kind, text };
  await expect((async () => kinds[kind]?.(block))()).rejects.toThrow();
});
