import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesBelow, hashes, sampleContent, temporaryFolder } from '../../support/folders.ts';
import { put, smallSite } from '../site.ts';
import { call } from '../world.ts';

const init = ['init', '--name', 'Acme: "no"', '--url', 'https://status.acme.example/', '--time-zone', 'UTC', '--component', 'Website', '--component', 'pay=Checkout & payment'];

describe('init', () => {
  it('empties the included content, keeps its templates, and what is left passes check', async () => {
    const folder = temporaryFolder();
    const content = sampleContent(folder);
    const templates = filesBelow(content).filter((path) => path.startsWith('templates/'));
    expect((await call(init, folder)).code).toBe(0);
    expect(filesBelow(content)).toEqual(['components.yml', 'site.yml', ...templates]);
    expect(await call(['check'], folder)).toEqual({ code: 0, stdout: '0 incidents, 0 maintenances, 0 postmortems: no problems\n', stderr: '' });
  });

  it('makes a content folder where there is none', async () => {
    const folder = temporaryFolder();
    expect((await call([...init, '--content', 'status/content'], folder)).code).toBe(0);
    expect(readFileSync(join(folder, 'status/content/components.yml'), 'utf8')).toBe('components:\n  - id: website\n    name: Website\n  - id: pay\n    name: Checkout & payment\n');
    expect((await call(['check', '--content', 'status/content'], folder)).code).toBe(0);
  });

  it('leaves content alone that is not the sample, unless forced', async () => {
    const folder = smallSite();
    put(folder, 'site.yml', 'name: Acme\nurl: https://status.acme.example\ntime_zone: UTC\n');
    const before = hashes(folder);
    const { code, stderr } = await call(init, folder);
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'halfpast: content is not the included sample, and init would remove its incidents. Name another folder with --content DIR, or type --force to remove them\n' });
    expect(hashes(folder)).toEqual(before);
    expect((await call([...init, '--force'], folder)).code).toBe(0);
    expect(filesBelow(join(folder, 'content')).some((path) => path.startsWith('incidents/'))).toBe(false);
  });

  it('leaves content alone whose settings cannot be read', async () => {
    const folder = smallSite();
    put(folder, 'site.yml', 'name: Example\nurl: https://status.example.com\n');
    expect((await call(init, folder)).code).toBe(1);
  });

  it('changes nothing on a dry run', async () => {
    const folder = smallSite();
    const before = hashes(folder);
    expect((await call([...init, '--dry-run'], folder)).code).toBe(0);
    expect(hashes(folder)).toEqual(before);
  });
});
