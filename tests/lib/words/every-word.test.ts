import { describe, expect, it } from 'vitest';
import { type Language, languages, wordsFor } from '../../../src/lib/words/words.ts';
import { counts, everyWord, type Sample, written } from './samples.ts';

const others = languages.filter((language) => language !== 'en');

/** `path(arguments): text`, for the message of a failing test. */
const show = ({ path, args, text }: Sample): string =>
  `${path}${args === null ? '' : JSON.stringify(args)}: ${text.replaceAll('\u2068', '⟨').replaceAll('\u2069', '⟩')}`;

const found = (all: readonly Sample[], isWrong: (sample: Sample) => boolean): string[] => all.filter(isWrong).map(show);

/** Texts that the team edits, so they only use characters that keyboards have. */
const isDraft = ({ path }: Sample): boolean => /^(?:templates|postmortemDraft)\.|^compose\.manualExample$/.test(path);

const marks: Readonly<Record<Language, string>> = {
  en: '“”',
  de: '„“',
  fr: '«»',
  es: '«»',
  'pt-BR': '“”',
  ja: '「」',
  'zh-CN': '“”',
  ar: '«»',
};

/** Names, and words that a language took from English or shares with it. */
const names = ['rss', 'atom', 'json', 'feed', 'api', 'webhooks', 'slack', 'dana'];
const shared: Readonly<Record<Language, string>> = {
  en: '',
  de: 'badge in links postmortem postmortems status support update updates',
  fr: 'badge incident incidents maintenance minute minutes pages',
  es: 'postmortem postmortems',
  'pt-BR': 'links postmortem postmortems status',
  ja: '',
  'zh-CN': '',
  ar: '',
};

/** The strings that a function was called with, including those in lists and objects. */
function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

/** The text without the function's arguments and without the placeholders for elements. */
const own = ({ text, args }: Sample): string =>
  stringsIn(args).reduce((rest, given) => rest.replaceAll(given, ''), text.replaceAll(/\{\w+\}/g, ''));

describe.each(languages)('every text in %s', (language) => {
  const all = everyWord(language);

  it('is a text', () => {
    expect(found(all, ({ text }) => /^\s*$|undefined|\bNaN\b|\[object|\bnull\b|#/.test(text))).toEqual([]);
    expect(found(all, ({ text }) => /^\s|\s$|\s[ \u00a0\u202f]|[ \u00a0\u202f]\s/.test(text))).toEqual([]);
  });

  it('has the quotation marks of its language', () => {
    const foreign = new RegExp(`["„“”«»「」『』‹›‘\`]|(?<!\\d)'`, 'gu');
    expect(
      found(all, ({ text }) => [...text.matchAll(foreign)].some(([mark]) => !marks[language].includes(mark))),
    ).toEqual([]);
  });

  it('has the spaces and the punctuation of its language', () => {
    const wrong: Partial<Record<Language, RegExp>> = {
      fr: /(?: |\w(?<!status|edited))[:;?!](?:\s|$)|«[^\u00a0]|[^\u00a0]»/u,
      ja: /[,;!]|[\p{sc=Hira}\p{sc=Kana}\p{sc=Han}]\.|\.$/u,
      'zh-CN': /[\p{sc=Han}] ?[,;?!.:]|[,;?!.:] ?\p{sc=Han}/u,
      ar: /[,;?]/,
    };
    const pattern = wrong[language];
    expect(pattern === undefined ? [] : found(all, (sample) => !isDraft(sample) && pattern.test(own(sample)))).toEqual(
      [],
    );
  });

  it('contains each number that it’s about', () => {
    const missing = found(all, ({ args, text }) => {
      const amounts = (args ?? []).flatMap((arg) =>
        typeof arg === 'object' && arg !== null ? Object.values(arg as object) : [arg],
      );
      return amounts.some((amount) => typeof amount === 'number' && amount > 2 && !text.includes(String(amount)));
    });
    // These convert the unit of their argument, or leave out a total of which nothing is known.
    const formatted = /^(?:duration|percent)\[|^feeds\.(?:t|shortT)ime\[|^responseTimes\.countedFirstUpdate\[0,/;
    expect(missing.filter((line) => !formatted.test(line))).toEqual([]);
  });

  it('differs for 0, 1, 2, 5, 11 and 21', () => {
    const counted = Map.groupBy(
      all.filter(({ args }) => args?.length === 1 && typeof args[0] === 'number'),
      ({ path }) => path,
    );
    expect(counted.size).toBeGreaterThan(10);
    for (const [path, texts] of counted) expect(new Set(texts.map(({ text }) => text)).size, path).toBe(texts.length);
    expect(counted.get('headline.openIncidents')?.length).toBe(counts.length);
  });

  it('keeps words in a script with the other direction together', () => {
    const { direction } = wordsFor({ locale: language });
    const other = direction === 'ltr' ? /[\u0590-\u08ff]/ : /\p{sc=Latin}/u;
    const all = everyWord(language, written[direction === 'ltr' ? 'rtl' : 'ltr']);
    // Isolates would change feed items that readers already have.
    const isOlder = ({ path }: Sample): boolean => direction === 'ltr' && /^(?:feeds|calendar)\./.test(path);
    const wrong = all.filter((sample) => {
      if (isDraft(sample) || isOlder(sample)) return false;
      const { args, text } = sample;
      let depth = 0;
      // The text outside of the isolates, where none of the other script is allowed.
      const outside = [...text]
        .filter((character) => {
          if (character === '\u2068') depth += 1;
          if (character === '\u2069') depth -= 1;
          return depth === 0;
        })
        .join('');
      // In an address, isolates would become part of the link.
      const foreign = stringsIn(args).filter((given) => other.test(given) && !given.startsWith('https://'));
      return depth !== 0 || foreign.some((given) => outside.includes(given));
    });
    expect(wrong.map(show)).toEqual([]);
  });
});

describe.each(others)('every text in %s, compared with English', (language) => {
  const key = ({ path, args }: Sample): string => path + JSON.stringify(args);
  const english = new Map(everyWord('en').map((sample) => [key(sample), sample.text]));
  const known = new Set([...names, ...shared[language].split(' ')]);

  it('is translated', () => {
    const wordsOf = (sample: Sample): string[] =>
      own(sample)
        .toLowerCase()
        .match(/\p{L}+/gu) ?? [];
    const same = everyWord(language).filter((sample) => english.get(key(sample)) === sample.text);
    expect(same.length).toBeGreaterThan(0);
    expect(
      found(same, (sample) => sample.path !== 'direction' && wordsOf(sample).some((word) => !known.has(word))),
    ).toEqual([]);
  });
});
