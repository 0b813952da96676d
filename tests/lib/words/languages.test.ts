import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { minute } from '../../../src/lib/domain/calendar.ts';
import { blanksIn } from '../../../src/lib/domain/template.ts';
import { date, time } from '../../../src/lib/views/time.ts';
import { en, type Words } from '../../../src/lib/words/en.ts';
import { languageOf, languages, wordsFor } from '../../../src/lib/words/words.ts';
import { filesBelow } from '../../support/folders.ts';
import { root } from '../../support/halfpast.ts';

const others = languages.filter((language) => language !== 'en');

/** Every string and function of a catalog by its path. */
function leaves(value: unknown, path = ''): [path: string, leaf: unknown][] {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path === '' ? key : `${path}.${key}`));
}

const slots = (text: string): string[] => [...new Set(text.match(/\{\{?\w+\}\}?/g))].toSorted();

describe('a locale', () => {
  it.each([
    ['en', 'en'],
    ['en-US', 'en'],
    ['de', 'de'],
    ['de-AT', 'de'],
    ['fr-CA', 'fr'],
    ['es-MX', 'es'],
    ['pt', 'pt-BR'],
    ['pt-BR', 'pt-BR'],
    ['pt-PT', null],
    ['ja-JP', 'ja'],
    ['zh', 'zh-CN'],
    ['zh-Hans-SG', 'zh-CN'],
    ['zh-TW', null],
    ['zh-Hant', null],
    ['ar-EG', 'ar'],
    ['la', null],
  ])('%s is written in %s', (locale, language) => {
    expect(languageOf(locale)).toBe(language);
  });
});

/** The number of active incidents, in each form that the language has. */
const plurals: Readonly<Record<(typeof languages)[number], readonly string[]>> = {
  en: [
    '0 active incidents',
    '1 active incident',
    '2 active incidents',
    '5 active incidents',
    '11 active incidents',
    '21 active incidents',
  ],
  de: [
    '0 aktive Vorfälle',
    '1 aktiver Vorfall',
    '2 aktive Vorfälle',
    '5 aktive Vorfälle',
    '11 aktive Vorfälle',
    '21 aktive Vorfälle',
  ],
  fr: [
    '0 incident en cours',
    '1 incident en cours',
    '2 incidents en cours',
    '5 incidents en cours',
    '11 incidents en cours',
    '21 incidents en cours',
  ],
  es: [
    '0 incidentes activos',
    '1 incidente activo',
    '2 incidentes activos',
    '5 incidentes activos',
    '11 incidentes activos',
    '21 incidentes activos',
  ],
  'pt-BR': [
    '0 incidentes ativos',
    '1 incidente ativo',
    '2 incidentes ativos',
    '5 incidentes ativos',
    '11 incidentes ativos',
    '21 incidentes ativos',
  ],
  ja: [0, 1, 2, 5, 11, 21].map((amount) => `対応中のインシデント ${amount} 件`),
  'zh-CN': [0, 1, 2, 5, 11, 21].map((amount) => `${amount} 个正在处理的事件`),
  ar: ['لا حوادث نشطة', 'حادث نشط واحد', 'حادثان نشطان', '5 حوادث نشطة', '11 حادثًا نشطًا', '21 حادثًا نشطًا'],
};

const moment = Date.parse('2026-11-22T14:05Z');

/** A time in Berlin, a date, two durations and a percentage. */
const formats: Readonly<Record<(typeof languages)[number], readonly string[]>> = {
  en: ['22 Nov 2026, 15:05 CET', '22 November 2026', '2 days 1 hour 20 minutes', '1 minute', '99.95%'],
  de: ['22. Nov. 2026, 15:05 MEZ', '22. November 2026', '2 Tage, 1 Stunde und 20 Minuten', '1 Minute', '99,95 %'],
  fr: ['22 nov. 2026, 15:05 UTC+1', '22 novembre 2026', '2 jours, 1 heure et 20 minutes', '1 minute', '99,95 %'],
  es: ['22 nov 2026, 15:05 CET', '22 de noviembre de 2026', '2 días, 1 hora y 20 minutos', '1 minuto', '99,95 %'],
  'pt-BR': [
    '22 de nov. de 2026, 15:05 GMT+1',
    '22 de novembro de 2026',
    '2 dias, 1 hora e 20 minutos',
    '1 minuto',
    '99,95%',
  ],
  ja: ['2026年11月22日 15:05 GMT+1', '2026年11月22日', '2 日 1 時間 20 分', '1 分', '99.95%'],
  'zh-CN': ['2026年11月22日 GMT+1 15:05', '2026年11月22日', '2 天 1 小时 20 分钟', '1 分钟', '99.95%'],
  ar: ['22 نوفمبر 2026، 03:05 م غرينتش+1', '22 نوفمبر 2026', 'يومان، وساعة، و20 دقيقة', 'دقيقة', '99.95\u200e%\u200e'],
};

describe.each(languages)('%s', (language) => {
  const words = wordsFor({ locale: language });
  const zone = { timeZone: 'Europe/Berlin', locale: language === 'en' ? 'en-GB' : language };

  it('counts', () => {
    expect([0, 1, 2, 5, 11, 21].map((amount) => words.headline.openIncidents(amount))).toEqual(plurals[language]);
  });

  it('writes times, durations and shares', () => {
    const written = [
      time(moment, zone).text,
      date(moment, zone).text,
      words.duration((2 * 24 * 60 + 80) * minute),
      words.duration(minute),
      words.percent(99.95, 2),
    ];
    // Some languages use non-breaking spaces.
    expect(written.map((text) => text.replaceAll(/\s/g, ' '))).toEqual(formats[language]);
    expect(words.duration(1)).not.toMatch(/^\d*$/);
  });

  it('fills in everything that a sentence is about', () => {
    expect(words.component.affected({ major: '§1', partial: '§2', degraded: '§3', maintenance: '§4' })).toMatch(
      /§1.*§2.*§3.*§4/,
    );
    const bars = words.component.bars(90, { major: 71, partial: 72, degraded: 73, any: true });
    for (const part of ['90', '71', '72', '73']) expect(bars).toContain(part);
    expect(words.incident.people('§a', '§b')).toMatch(/§a.*§b/);
    expect(words.incident.people(null, '§b')).toContain('§b');
    expect(words.history.monthSummary(0, 0)).not.toBe('');
    expect(words.feeds.itemTitle('§s', '§n', words.feeds.time(2026, 11, 22, '14:05'))).toMatch(/§s.*§n.*14:05 UTC/);
  });
});

describe.each(others)('%s, compared with English', (language) => {
  const words: Words = wordsFor({ locale: language });
  const all = new Map(leaves(words));

  it('has the same texts, each with the same placeholders', () => {
    const english = new Map(leaves(en));
    expect([...all.keys()].toSorted()).toEqual([...english.keys()].toSorted());
    for (const [path, leaf] of english) {
      const own = all.get(path);
      expect(typeof own, path).toBe(typeof leaf);
      if (typeof leaf !== 'string' || typeof own !== 'string' || path.startsWith('templates.')) continue;
      expect(own.trim(), path).not.toBe('');
      expect(slots(own), path).toEqual(slots(leaf));
    }
  });

  it('has templates to fill in, with what Halfpast fills in itself', () => {
    for (const [name, { body }] of Object.entries(words.templates)) {
      const english = en.templates[name as keyof Words['templates']].body.join(' ');
      expect(blanksIn(body.join(' ')).length, name).toBeGreaterThan(0);
      expect(body.join(' ').includes('{{time}}'), name).toBe(english.includes('{{time}}'));
    }
  });
});

/** Texts that are looked up by a value, such as a status. */
const chosen =
  /^(?:componentStatus|incidentStatus|maintenanceStatus|impact|customerData|cause|headline|templates|postmortemDraft\.(?:customerData|sections))\./;

it('has no unused text', () => {
  const sources = ['src', 'scripts']
    .flatMap((folder) => filesBelow(join(root, folder)).map((file) => join(root, folder, file)))
    .filter((file) => /\.(?:ts|astro)$/.test(file) && !file.includes('/lib/words/'))
    .map((file) => readFileSync(file, 'utf8'));
  const isUsed = (path: string): boolean => {
    const groups = path.split('.');
    const key = groups.pop() ?? '';
    const taken = new RegExp(String.raw`\.${key}\b|[{,]\s*${key}\s*[:,}]`);
    return sources.some(
      (text) => taken.test(text) && groups.every((group) => new RegExp(String.raw`\b${group}\b`).test(text)),
    );
  };
  const paths = [...new Set(leaves(en).map(([path]) => path.replace(/\.\d+$/, '')))];
  expect(paths.filter((path) => !chosen.test(path) && !isUsed(path))).toEqual([]);
});

describe('a page in Arabic', () => {
  const ar = wordsFor({ locale: 'ar' });

  it('keeps other people’s words in another script together', () => {
    expect(ar.notice.heading(ar.incidentStatus.resolved, 'API v2 (EU)')).toBe('تم الحل: \u2068API v2 (EU)\u2069');
    expect(ar.notice.heading(ar.incidentStatus.resolved, 'تعذّر الدفع')).toBe('تم الحل: تعذّر الدفع');
    expect(ar.names(['API', 'الدفع'])).toBe('\u2068API\u2069، الدفع');
  });

  it('has the digits and years of its addresses, in every region', () => {
    for (const locale of ['ar-EG', 'ar-SA'])
      expect(time(moment, { timeZone: 'UTC', locale }).text).toMatch(/^22 نوفمبر 2026/);
  });
});
