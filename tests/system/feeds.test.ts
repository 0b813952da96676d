import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { feedFiles, siteFeedProblems } from '../support/feed-rules.ts';
import { sampleContent, write } from '../support/folders.ts';
import { succeed } from '../support/halfpast.ts';
import { atomGrammar, wellFormed } from '../support/xml-checkers.ts';

const now = '2026-11-20T18:00:00Z';
const folder = mkdtempSync(join(tmpdir(), 'halfpast-feeds-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes content with characters that could break out of their container in every feed format. */
async function hostileSite(): Promise<string> {
  const content = sampleContent(folder);
  const body =
    'It\'s "broken" & <b>bold</b> ]]> <![CDATA[ &nbsp; &copy; &#x1F6D2; 🛒 <script>alert(1)</script>\n\n```\n</content></entry>]]>\n```\n';
  const title = `title: "\\"Quoted\\" & <b>bold</b> ]]> <!-- 'x' --> 🛒 &nbsp; &amp;lt;"`;
  write(
    content,
    'incidents/2026-11-20-hostile/2026-11-20T1700Z.md',
    `---\n${title}\nstatus: investigating\nimpact: minor\nremedy: "<i>Free</i> & ]]>"\n---\n${body}`,
  );
  write(
    content,
    'maintenance/2026-11-20-hostile/2026-11-20T1700Z.md',
    `---\n${title}\nstatus: scheduled\nscheduled_for: 2026-11-21T10:00Z\nscheduled_until: 2026-11-21T12:00Z\n---\n${body}`,
  );
  const settings = join(content, 'site.yml');
  writeFileSync(settings, readFileSync(settings, 'utf8').replace(/^name: .*$/m, `name: '<Shop> & "Sons" ]]>'`));
  return content;
}

describe('the feeds of a small hostile site', () => {
  let site: string;
  let feeds: string[];
  let atom: string[];

  beforeAll(async () => {
    site = mkdtempSync(join(folder, 'site-'));
    await succeed([
      'build',
      '--content',
      await hostileSite(),
      '--out',
      site,
      '--cache',
      mkdtempSync(join(folder, 'cache-')),
      '--now',
      now,
    ]);
    feeds = feedFiles(site)
      .filter((path) => path !== 'feed.json')
      .map((path) => join(site, path));
    // Make sure that the hostile text is in the feed.
    expect(readFileSync(join(site, 'atom.xml'), 'utf8')).toContain(
      'Investigating: &quot;Quoted&quot; &amp; &lt;b&gt;bold&lt;/b&gt; ]]&gt; &lt;!-- &apos;x&apos; --&gt; 🛒',
    );
    atom = [join(site, 'atom.xml'), join(site, 'history.atom')];
  });

  it('are well-formed', () => {
    expect(feeds.length).toBeGreaterThan(8);
    expect(wellFormed(...feeds)).toEqual({ status: 0, said: '' });
  });

  it('are valid by the grammar of RFC 4287 if they are Atom', () => {
    expect(atomGrammar(...atom)).toEqual({ status: 0, said: '' });
  });

  it('follow the rules of their formats', async () => {
    expect(await siteFeedProblems(site, 'https://status.example.com')).toEqual([]);
  });

  it('would fail these checks if they were broken', () => {
    const broken = (pattern: RegExp, instead: string): string => {
      const text = readFileSync(join(site, 'atom.xml'), 'utf8');
      expect(text).toMatch(pattern);
      const path = join(folder, 'broken.xml');
      writeFileSync(
        path,
        text.replace(pattern, () => instead),
      );
      return path;
    };
    expect(wellFormed(broken(/&lt;/, '&nbsp;')).said).toContain("Entity 'nbsp' not defined");
    expect(atomGrammar(broken(/<updated>[^<]*/, '<updated>yesterday')).said).toContain('must be an ISO date and time');
    expect(atomGrammar(broken(/<entry>\s*<id>[^<]*<\/id>/, '<entry>')).said).toContain('missing required element "id"');
    expect(atomGrammar(broken(/<name>[^<]*<\/name>/, '')).said).toContain('missing required element "name"');
  });
});
