import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { write } from '../support/folders.ts';
import { changingSite, incident, update } from './changing-site.ts';

const { folder, content, site: out, build, edit } = changingSite();

describe('a build', () => {
  it('writes the same bytes with and without a cache, whatever NODE_ENV is', async () => {
    write(content, update, incident);
    write(content, 'incidents/2026-11-20-gift-cards/2026-11-20T1730Z.md', '---\nstatus: resolved\n---\nAll is well.\n');
    edit('incidents/2026-11-09-order-emails-late/2026-11-09T0845Z.md', 'an hour late', 'two hours late');
    rmSync(join(content, 'incidents/2026-10-21-app-signs-out'), { recursive: true });
    rmSync(join(content, 'postmortems/2026-02-25-wrong-prices.md'));
    edit('components.yml', 'name: Checkout', 'name: Till');
    edit('site.yml', 'name: Example', 'name: Exemplary');
    const clean = { to: join(folder, 'clean'), from: join(folder, 'clean-cache'), env: { NODE_ENV: 'development' } };
    expect(await build()).toEqual(await build(clean, '--clean'));
  });

  it('removes the folders of a page and a language that the site no longer has', async () => {
    write(content, 'pages/imprint.md', '---\ntitle: Imprint\n---\nExample Ltd.\n');
    edit('site.yml', 'locale: en-GB', 'locales: [en-GB, de]');
    await build();
    expect(readdirSync(out)).toEqual(expect.arrayContaining(['de', 'imprint']));
    rmSync(join(content, 'pages'), { recursive: true });
    edit('site.yml', 'locales: [en-GB, de]', 'locale: en-GB');
    await build();
    expect(readdirSync(out)).not.toContain('de');
    expect(readdirSync(out)).not.toContain('imprint');
  });
});
