import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { articleHtml, updateHtml } from '../../../src/lib/markdown.ts';
import { directionOf, isolated } from '../../../src/lib/words/direction.ts';
import { grammar } from '../../../src/lib/words/grammar.ts';
import { en } from '../../../src/lib/words/en.ts';
import { filesBelow } from '../../support/folders.ts';
import { root } from '../../support/halfpast.ts';

const html = (markdown: string): string => updateHtml(markdown, 'https://status.example.com/');

describe('the direction of a text', () => {
  it.each([
    ['فشل الدخول إلى API v2', 'rtl'],
    ['(42) «שלום»', 'rtl'],
    ['ܫܠܡܐ', 'rtl'],
    ['API v2 معطل', 'ltr'],
    ['Grüße', 'ltr'],
    ['日本', 'ltr'],
    ['2026-11-22, 14:05', null],
    ['٤٢', null],
  ])('of %s is %s', (text, direction) => {
    expect(directionOf(text)).toBe(direction);
  });
});

describe('a sentence', () => {
  it('isolates right-to-left words, and nothing else', () => {
    expect(grammar('en').sentence`Led by ${'دانا'}, for ${'Harbour'}`).toBe('Led by \u2068دانا\u2069, for Harbour');
    expect(isolated('API (معطل)')).toBe('\u2068API (معطل)\u2069');
    expect(en.notice.subject('ميناء', en.notice.heading('Identified', 'API v2'))).toBe(
      '[\u2068ميناء\u2069] Identified: API v2',
    );
    expect(en.names(['متجر', 'API'])).toBe('\u2068متجر\u2069, API');
  });
});

describe('the HTML of a text', () => {
  it('has a direction on each block in the other direction', () => {
    expect(html('شكرا <b>API</b>.\n\nThank you.')).toBe('<p dir="rtl">شكرا <b>API</b>.</p>\n<p>Thank you.</p>');
    expect(html('- واحد\n- two')).toBe('<ul dir="rtl">\n<li>واحد</li>\n<li dir="ltr">two</li>\n</ul>');
    expect(html('> שלום')).toBe('<blockquote dir="rtl">\n<p>שלום</p>\n</blockquote>');
    expect(html('# שלום')).toBe('<h2 dir="rtl">שלום</h2>');
    expect(html('| א | b |\n|---|---|\n| ג | d |')).toMatch(
      /^<table dir="rtl">[\s\S]*<th>א<\/th>\n<th dir="ltr">b<\/th>[\s\S]*<td>ג<\/td>\n<td dir="ltr">d<\/td>/,
    );
    expect(articleHtml('## שלום\n\n[עזרה](https://example.com)', 'https://example.com')).toBe(
      '<h2 dir="rtl">שלום</h2>\n<p dir="rtl"><a href="https://example.com/">עזרה</a></p>',
    );
  });

  it('ignores references, images and addresses, which aren’t letters of the text', () => {
    expect(html('&amp; שלום')).toBe('<p dir="rtl">&amp; שלום</p>');
    expect(html('![Chart](https://example.com/a.png) שלום')).toMatch(/^<p dir="rtl"><img /);
  });

  it('keeps a direction that was given', () => {
    expect(html('<p dir="ltr">שלום</p>')).toBe('<p dir="ltr">שלום</p>');
    expect(html('<div dir="rtl">API\n\nשלום</div>')).not.toContain('dir="ltr"');
  });

  it('has a direction on each outermost block of a right-to-left page, for readers that are left to right', () => {
    const rtl = (markdown: string): string => updateHtml(markdown, 'https://status.example.com/', undefined, 'rtl');
    expect(rtl('Thank you.\n\nشكرا.\n\n42')).toBe('<p dir="ltr">Thank you.</p>\n<p dir="rtl">شكرا.</p>\n<p>42</p>');
    expect(rtl('- one\n- two')).toBe('<ul dir="ltr">\n<li>one</li>\n<li>two</li>\n</ul>');
    expect(rtl('- واحد\n- two')).toBe('<ul dir="rtl">\n<li>واحد</li>\n<li dir="ltr">two</li>\n</ul>');
  });

  it('doesn’t change without right-to-left letters, so that no feed item does', () => {
    for (const text of ['Plain', '- a\n- b', '> q', '日本', '٤٢']) expect(html(text), text).not.toContain(' dir=');
  });
});

it('is known to every view that renders Markdown', () => {
  const folder = join(root, 'src/lib/views');
  const calls = filesBelow(folder).flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/\b(?:updateHtml|articleHtml)\(([^;]*);/g)].map(
      ([call]) => `${file}: ${call}`,
    ),
  );
  expect(calls).not.toEqual([]);
  expect(calls.filter((call) => !call.includes('direction'))).toEqual([]);
});

describe('a site whose name says "status"', () => {
  it.each([
    ['Acme', 'Acme Status', 'Acme status'],
    ['Statusquo', 'Statusquo Status', 'Statusquo status'],
    ['Acme Status', 'Acme Status', 'Acme Status'],
    ['ACME STATUS', 'ACME STATUS', 'ACME STATUS'],
    ['acme status page', 'acme status page', 'acme status page'],
    ['Acme Statuspage', 'Acme Statuspage', 'Acme Statuspage'],
    ['Systemstatus', 'Systemstatus', 'Systemstatus'],
    ['Status of Acme', 'Status of Acme', 'Status of Acme'],
    ['Acme Status (EU)', 'Acme Status (EU)', 'Acme Status (EU)'],
  ])('%s gets no second one', (name, title, label) => {
    expect(en.frame.siteName(name)).toBe(title);
    expect(en.frame.pageTitle('History', name)).toBe(`History · ${title}`);
    expect(en.feeds.history.title(name)).toBe(`${title} - Incident History`);
    expect([en.feeds.updates.title(name), en.badge.site(name), en.notice.link(name)]).toEqual([label, label, label]);
    expect(en.feeds.component.title(name, 'API')).toBe(`${label}: API`);
  });
});
