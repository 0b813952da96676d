import { describe, expect, it } from 'vitest';
import { day, hour, minute } from '../../../src/lib/domain/calendar.ts';
import { slugForm, slugify } from '../../../src/lib/schema/components-file.ts';
import { siteAddress } from '../../../src/lib/schema/fields.ts';
import { didYouMean, notText, quote, suggest, text } from '../../../src/lib/schema/text.ts';
import { calendarDate, isTimeZone, parseDuration, readNextUpdate } from '../../../src/lib/schema/time-fields.ts';

describe('a duration', () => {
  it.each<[string, number | null]>([
    ['30m', 30 * minute],
    ['1h', hour],
    ['1h30m', 90 * minute],
    ['1h 30m', 90 * minute],
    ['7d', 7 * day],
    ['90m', 90 * minute],
    ['0m', null],
    ['', null],
    ['30', null],
    ['30s', null],
    ['-30m', null],
    ['1.5h', null],
    ['30m1h', null],
    ['h', null],
  ])('%j', (given, expected) => {
    expect(parseDuration(given)).toBe(expected);
  });
});

describe('the next update', () => {
  it.each([
    ['none', { kind: 'none' }],
    ['45m', { kind: 'in', duration: 45 * minute }],
    ['14:30Z', { kind: 'clock', minuteOfDay: 870 }],
    ['00:30+01:00', { kind: 'clock', minuteOfDay: 1410 }],
    ['23:30-0100', { kind: 'clock', minuteOfDay: 30 }],
    ['2026-11-22T16:00Z', { kind: 'at', instant: Date.parse('2026-11-22T16:00Z') }],
  ])('%s', (given, value) => {
    expect(readNextUpdate(given, 'UTC')).toEqual({ value });
  });

  it.each(['None', 'soon', '14:30', '24:00Z', '14:30+99:99', '2026-11-22'])('isn’t %j', (given) => {
    expect(readNextUpdate(given, 'UTC')).toHaveProperty('wrong');
  });
});

describe('a suggestion', () => {
  const statuses = ['operational', 'degraded_performance', 'partial_outage', 'major_outage'];

  it.each([
    ['partial_outag', 'partial_outage'],
    ['Partial Outage', 'partial_outage'],
    ['partial-outage', 'partial_outage'],
    ['partial', 'partial_outage'],
    ['degraded', 'degraded_performance'],
    ['outage', null],
    ['down', null],
    ['', null],
  ])('for %j is %j', (given, expected) => {
    expect(suggest(given, statuses)).toBe(expected);
  });

  it('lists all values if none is close, and is empty if there are no values', () => {
    expect(didYouMean('x', ['aaaa', 'bbbb'])).toBe('Use one of: aaaa, bbbb.');
    expect(didYouMean('x', [])).toBe('');
  });

  it('from hundreds of values lists the closest few, and how many there are', () => {
    const ids = [...Array(900).keys()].map((index) => `shop-${index}`);
    const sentence = didYouMean('payments-by-card', [...ids, 'card-terminals', 'api-payments']);
    expect(sentence).toMatch(
      /^Use one of the 902, such as (?:card-terminals, api-payments|api-payments, card-terminals), shop-/,
    );
    expect(sentence.length).toBeLessThan(120);
  });
});

describe('a time zone', () => {
  it.each([
    'UTC',
    'Europe/Berlin',
    'Asia/Kolkata',
    'Asia/Calcutta',
    'America/Argentina/Buenos_Aires',
    'Etc/GMT+5',
    'Europe/Kyiv',
    'Europe/Kiev',
  ])('is %s', (name) => expect(isTimeZone(name)).toBe(true));

  it.each([
    'utc',
    '+01:00',
    'europe/berlin',
    'Europe/berlin',
    'EUROPE/BERLIN',
    'Z',
    'GMT+1',
    'Berlin',
    'Europe/Berln',
    '',
    'CEST',
  ])('isn’t %j', (name) => expect(isTimeZone(name)).toBe(false));
});

describe('an id', () => {
  it.each([
    ['Card payments', 'card-payments'],
    ['Café & Bar', 'cafe-bar'],
    ["Sellers' portal", 'sellers-portal'],
    ['--A--', 'a'],
    ['Störung: Zahlungen für Größere', 'stoerung-zahlungen-fuer-groessere'],
    ['U\u0308bersicht ÄÖ', 'uebersicht-aeoe'],
    ['Søk på nett, Łódź, œuvre, Þing', 'soek-paa-nett-lodz-oeuvre-thing'],
    ['ﬁle №2', 'file-no2'],
    ['漢字', ''],
  ])('made from %j is %j', (name, id) => {
    expect(slugify(name)).toBe(id);
    if (id !== '') expect(id).toMatch(slugForm);
  });
});

describe("a site's address", () => {
  it.each([
    ['https://status.example.com', 'https://status.example.com'],
    ['https://status.example.com/', 'https://status.example.com'],
    ['https://example.github.io/status//', 'https://example.github.io/status'],
    ['HTTPS://Status.Example.com', 'https://status.example.com'],
  ])('%s becomes %s', (given, expected) => {
    expect(siteAddress.parse(given)).toBe(expected);
  });

  it.each([
    'status.example.com',
    'ftp://example.com',
    'https://',
    'https://me:secret@example.com',
    'https://example.com?a',
    'https://:secret@example.com',
  ])('isn’t %s', (given) => expect(siteAddress.safeParse(given).success).toBe(false));
});

it.each(['2026-02-29', '2026-00-10', '2026-11-31', '2026-1-1', '22.11.2026', '2026-11-22T00:00Z'])(
  '%s isn’t a date',
  (given) => {
    expect(calendarDate('due: 2026-11-22').safeParse(given).success).toBe(false);
  },
);

describe('text', () => {
  it('is trimmed, and on one line', () => {
    const line = text('title: x');
    expect(line.parse('  a b ')).toBe('a b');
    expect(line.safeParse('a\nb').success).toBe(false);
    expect(line.parse('a\n')).toBe('a');
  });

  it('is quoted on one line, shortened, and without terminal control characters', () => {
    expect(quote('a\n"b"\u001b')).toBe('"a\\n\\"b\\"\\u001b"');
    expect(quote('x'.repeat(100))).toHaveLength(80);
  });

  it('that YAML took for a field is returned with quotes', () => {
    expect(notText({ Lesson: 'test it' }, '- x').message).toBe(
      'is read as a field because of its ": ". Put it in quotes: "Lesson: test it"',
    );
    expect(notText({ a: 'b', c: 'd' }, '- x').message).toBe('{"a":"b","c":"d"} is not text. Write it like - x');
  });
});
