import { day, type Duration, hour, minute } from '../domain/calendar.ts';
import { type Direction, isolated } from './direction.ts';

/** The forms of a noun by plural category; `#` is the number. */
type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string };

type Grammar = {
  /** `12,345`; numbers below 10,000 have no separator. */
  readonly number: (value: number) => string;
  /** A whole number of percent, or with decimals: `99.95%` is `percent(99.95, 2)`. */
  readonly percent: (value: number, decimals: number) => string;
  /** A number with the form that belongs to it: `plural(2, { one: '# Vorfall', other: '# Vorfälle' })`. */
  readonly plural: (amount: number, forms: Forms) => string;
  /** `a, b and c` */
  readonly list: (parts: readonly string[]) => string;
  /** `a, b and c` of other people's words. */
  readonly isolatedList: (parts: readonly string[]) => string;
  /** `a, b, c` of other people's words. */
  readonly names: (all: readonly string[]) => string;
  /** The parts that there are, with commas between them. */
  readonly joined: (...parts: readonly (string | null)[]) => string;
  /** `1 day, 1 hour and 20 minutes`: days of 24 hours, without seconds. `less` is for durations under a minute. */
  readonly duration: (duration: Duration, less: string) => string;
  /** A template tag for sentences that contain other people's words, such as a title or a name. */
  readonly sentence: (strings: TemplateStringsArray, ...values: readonly string[]) => string;
};

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

/** `comma` separates the parts of a sentence, and names unless the language writes `namesComma` between those. */
type Script = { readonly direction?: Direction; readonly comma?: string; readonly namesComma?: string };

/** How a language counts, lists and writes numbers. `locale` needs no region. */
export function grammar(locale: string, { direction = 'ltr', comma = ', ', namesComma = comma }: Script = {}): Grammar {
  // Made when they are first needed: a site shows one or two of the languages.
  const digits = { numberingSystem: 'latn', useGrouping: 'min2' } as const;
  const numbers = once(() => new Intl.NumberFormat(locale, digits));
  const percents = [0, 2].map((decimals) =>
    once(
      () =>
        new Intl.NumberFormat(locale, {
          ...digits,
          style: 'percent',
          minimumFractionDigits: decimals,
          maximumFractionDigits: decimals,
        }),
    ),
  );
  const rules = once(() => new Intl.PluralRules(locale));
  const lists = once(() => new Intl.ListFormat(locale));
  const units = once(() => new Intl.ListFormat(locale, { type: 'unit', style: 'long' }));
  const amounts = (['day', 'hour', 'minute'] as const).map((unit) =>
    once(() => new Intl.NumberFormat(locale, { ...digits, style: 'unit', unit, unitDisplay: 'long' })),
  );
  const number = (value: number): string => numbers().format(value);
  return {
    number,
    percent: (value, decimals) => (percents[decimals === 0 ? 0 : 1]?.() ?? numbers()).format(value / 100),
    plural: (amount, forms) => (forms[rules().select(amount)] ?? forms.other).replace('#', number(amount)),
    list: (parts) => lists().format(parts),
    names: (all) => all.map((name) => isolated(name, direction)).join(namesComma),
    joined: (...parts) => parts.filter((part) => part !== null && part !== '').join(comma),
    isolatedList: (parts) => lists().format(parts.map((part) => isolated(part, direction))),
    duration: (duration, less) => {
      if (duration < minute) return less;
      const parts = [duration / day, (duration % day) / hour, (duration % hour) / minute].map(Math.floor);
      return units().format(
        parts.flatMap((amount, index) => (amount === 0 ? [] : [amounts[index]?.().format(amount) ?? ''])),
      );
    },
    sentence: (strings, ...values) =>
      String.raw({ raw: strings }, ...values.map((value) => isolated(value, direction))),
  };
}

/** With a capital letter, where the script has them. */
export const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
