import { describe, expect, it } from 'vitest';
import { articleHtml } from '../../../src/lib/markdown.ts';
import { withAnchors } from '../../../src/lib/views/postmortem-page.ts';
import { en } from '../../../src/lib/words/en.ts';

const linked = (markdown: string): string => withAnchors(articleHtml(markdown, 'https://status.example.com/'), en);
const ids = (html: string): string[] => [...html.matchAll(/ id="([^"]*)"/g)].map(([, id = '']) => id);

describe('headings of an article', () => {
  it('have an id made from their text, and a link to themselves next to them', () => {
    expect(linked('## What *we* did\n\nText.')).toBe(
      '<div class="headed"><h2 id="text-what-we-did">What <em>we</em> did</h2><a class="anchor" href="#text-what-we-did" aria-label="Link to “What we did”">#</a></div>\n<p>Text.</p>',
    );
  });

  it('have unique ids that are not used by the page', () => {
    const all = ids(
      linked('# Lessons\n\n## Lessons\n\n## Lessons 2\n\n### lessons!\n\n## Content\n\n## 2026-11-22T1405Z\n\n## !!!'),
    );
    expect(all).toEqual([
      'text-lessons',
      'text-lessons-2',
      'text-lessons-2-2',
      'text-lessons-3',
      'text-content',
      'text-2026-11-22t1405z',
      'text-part',
    ]);
  });

  it('keep letters in any script', () => {
    expect(ids(linked('## Über Größe\n\n## 何が起きたか'))).toEqual(['text-über-größe', 'text-何が起きたか']);
  });

  it('can’t be forged by the text, and can’t inject markup', () => {
    const html = linked(
      '## <a id="lessons" href="#x">A</a> "B" &quot; <b>&lt;i onclick=x></b>\n\n<h2 id="content" dir="rtl">C</h2>',
    );
    expect(ids(html)).toEqual(['text-a-b-i-onclick-x', 'text-c']);
    expect(html).toContain('aria-label="Link to “A &quot;B&quot; &quot; &lt;i onclick=x&gt;”"');
    expect(html).toContain('<h2 dir="rtl" id="text-c">C</h2>');
  });

  it('are left alone inside other elements, and when they are empty', () => {
    const html = articleHtml(
      '> ## Said\n\n<details><summary><h3>More</h3></summary></details>\n\n##\n\n<a href="/x"><h2>Link</h2></a>\n\n![x](https://x.example/y.png)\n\n* * *\n\na<br>b\n',
      'https://status.example.com/',
    );
    expect(withAnchors(html, en)).toBe(html);
  });

  it('are found after images, rules and breaks', () => {
    expect(ids(linked('a<br>b\n\n* * *\n\n![x](https://x.example/y.png)\n\n## Then'))).toEqual(['text-then']);
  });
});
