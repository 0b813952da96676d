import { describe, expect, it } from 'vitest';
import { checkContent } from '../../src/content/check-content.ts';
import type { ContentTree } from '../../src/content/content-tree.ts';
import { emptyShelves } from '../../src/content/memory.ts';

const files = (changes: Readonly<Record<string, string>> = {}): ContentTree => {
  const texts: Readonly<Record<string, string>> = {
    'components.yml': 'components:\n  - id: a\n    name: A\n',
    'site.yml': 'name: Acme\nurl: https://status.example.com\ntime_zone: UTC\n',
    'incidents/2026-11-01-one/2026-11-01T1000Z.md': '---\ntitle: One\nstatus: resolved\nimpact: minor\n---\nSee 10.0.0.7.\n',
    'incidents/2026-11-02-two/2026-11-02T1000Z.md': '---\ntitle: Two\nstatus: resolved\ncomponents:\n  a: operational\nimpact: minor\n---\nText.\n',
    'maintenance/2026-11-03-three/2026-11-03T1000Z.md': '---\ntitle: Three\nstatus: scheduled\nscheduled_for: 2026-11-04T10:00Z\nscheduled_until: 2026-11-04T11:00Z\n---\nText.\n',
    ...changes,
  };
  const paths = Object.keys(texts).sort();
  return {
    files: paths.map((path) => ({ path, bytes: new TextEncoder().encode(texts[path]) })),
    folders: [...new Set(paths.flatMap((path) => path.split('/').slice(0, -1).map((_, index, parts) => parts.slice(0, index + 1).join('/'))))],
    others: [],
  };
};

const now = Date.parse('2026-11-20T12:00Z');

async function readTwice(first: ContentTree, second: ContentTree, later = now) {
  const met = emptyShelves();
  await checkContent(first, now, { known: emptyShelves(), met });
  const after = emptyShelves();
  const recalled = await checkContent(second, later, { known: met, met: after });
  return { recalled, anew: await checkContent(second, later), before: met, after };
}

const sizes = ({ incidents, maintenances, warnings }: ReturnType<typeof emptyShelves>): readonly number[] => [incidents.size, maintenances.size, warnings.size];

describe('what was read is kept by content hash', () => {
  it('gives the same site, the very incidents that were read before, and the same warnings', async () => {
    const { recalled, anew, before } = await readTwice(files(), files());
    expect(recalled).toEqual(anew);
    expect(recalled.warnings.map(({ message }) => message).join()).toContain('10.0.0.7');
    const known = [...before.incidents.values()].map(({ value }) => value);
    expect('site' in recalled && recalled.site.incidents.every((incident) => known.includes(incident))).toBe(true);
  });

  it.each([
    ['a changed text of the same length', { 'incidents/2026-11-01-one/2026-11-01T1000Z.md': '---\ntitle: One\nstatus: resolved\nimpact: minor\n---\nSee 10.0.0.8.\n' }],
    ['a new update', { 'incidents/2026-11-01-one/2026-11-01T1100Z.md': '---\nstatus: resolved\n---\nMore.\n' }],
    ['a mistake', { 'incidents/2026-11-01-one/2026-11-01T1000Z.md': '---\ntitle: One\nstatus: resolvd\nimpact: minor\n---\nOther.\n' }],
    ['a credential', { 'incidents/2026-11-01-one/2026-11-01T1000Z.md': `---\ntitle: One\nstatus: resolved\nimpact: minor\n---\n${['AKIA', 'Z7QX4M2PLK6VNB3T'].join('')}\n` }],
    ['a component that is gone', { 'components.yml': 'components:\n  - id: b\n    name: B\n' }],
    ['another time zone', { 'site.yml': 'name: Acme\nurl: https://status.example.com\ntime_zone: Europe/Berlin\n' }],
    ['an address that is allowed', { 'site.yml': 'name: Acme\nurl: https://status.example.com\ntime_zone: UTC\nallow: [10.0.0.7]\n' }],
  ])('sees %s', async (_, change) => {
    const { recalled, anew } = await readTwice(files(), files(change));
    expect(recalled).toEqual(anew);
    expect(recalled).not.toEqual(await checkContent(files(), now));
  });

  it('still refuses what is of the future when the clock is set back', async () => {
    const { recalled, anew } = await readTwice(files(), files(), Date.parse('2026-11-01T09:00Z'));
    expect(recalled).toEqual(anew);
    expect('problems' in recalled && recalled.problems.length).toBe(3);
  });

  it('is of the future until all that it speaks of is past, edits too, as far as clocks differ', async () => {
    const told = files({
      'incidents/2026-11-01-one/2026-11-01T1000Z.md': '---\ntitle: One\nstatus: investigating\nimpact: minor\nedited: 2026-11-05T10:00Z\n---\nText.\n',
      'incidents/2026-11-01-one/2026-11-01T1100Z.md': '---\nstatus: resolved\n---\nText.\n',
    });
    const problemsAt = async (time: string): Promise<number> => {
      const { recalled, anew } = await readTwice(told, told, Date.parse(time));
      expect(recalled).toEqual(anew);
      return 'problems' in recalled ? recalled.problems.length : 0;
    };
    expect([await problemsAt('2026-11-05T09:50Z'), await problemsAt('2026-11-05T09:56Z'), await problemsAt('2026-11-01T10:30Z')]).toEqual([1, 0, 4]);
    const once = emptyShelves();
    await checkContent(told, now, { known: emptyShelves(), met: once });
    const met = emptyShelves();
    await checkContent(told, Date.parse('2026-11-05T09:56Z'), { known: once, met });
    expect([...met.incidents.values()].filter((kept) => [...once.incidents.values()].includes(kept)), 'within what clocks differ it is not read again').toHaveLength(2);
  });

  it('finds a credential again each time, and never takes its folder for one that holds none', async () => {
    const exposed = files({ 'incidents/2026-11-01-one/2026-11-01T1000Z.md': `---\ntitle: One\nstatus: resolved\nimpact: minor\n---\n${['AKIA', 'Z7QX4M2PLK6VNB3T'].join('')}\n` });
    const { recalled, anew } = await readTwice(exposed, exposed);
    expect(recalled).toEqual(anew);
    expect('problems' in recalled && recalled.problems.length).toBe(1);
    expect(recalled.warnings).toEqual([]);
  });

  it('warns of no part of what it refuses as a credential', async () => {
    const secret = ['postgres://app:', 'hunter2hunter2@', 'db1.shop.internal/orders'].join('');
    const { recalled } = await readTwice(files(), files({ 'incidents/2026-11-01-one/2026-11-01T1000Z.md': `---\ntitle: One\nstatus: resolved\nimpact: minor\n---\nSee 10.0.0.7, db1.shop.internal and ${secret} here.\n` }));
    expect('problems' in recalled && recalled.problems.map(({ message }) => message)).toEqual([expect.stringContaining('looks like a credential')]);
    expect(recalled.warnings.map(({ message }) => message)).toEqual([expect.stringContaining('10.0.0.7')]);
  });

  it('forgets what is gone, and keeps nothing that has a problem', async () => {
    const broken = files({ 'incidents/2026-11-01-one/2026-11-01T1000Z.md': '' });
    const { before, after } = await readTwice(files(), broken);
    expect(sizes(before)).toEqual([2, 1, 5]);
    expect(sizes(after).slice(0, 2)).toEqual([1, 1]);
  });
});
