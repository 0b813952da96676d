import { day, type Duration, hour, minute } from '../domain/calendar.ts';
import { type Direction, isolated } from './direction.ts';

/** The forms of a noun, by plural category. `#` stands for the number. */
type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string };

type Grammar = {
  /** `12,345`. Numbers below 10,000 have no separator. */
  readonly number: (value: number) => string;
  /** A whole percentage, or one with decimals: `99.95%` is `percent(99.95, 2)`. */
  readonly percent: (value: number, decimals: number) => string;
  /** A number with the matching form: `plural(2, { one: '# Vorfall', other: '# Vorfälle' })`. */
  readonly plural: (amount: number, forms: Forms) => string;
  /** `a, b and c` */
  readonly list: (parts: readonly string[]) => string;
  /** `a, b and c`, isolated, for names and other external text. */
  readonly isolatedList: (parts: readonly string[]) => string;
  /** `a, b, c`, isolated, for names and other external text. */
  readonly names: (all: readonly string[]) => string;
  /** Joins parts that aren't null or empty with commas. */
  readonly joined: (...parts: readonly (string | null)[]) => string;
  /**
   * `1 day, 1 hour and 20 minutes`. Days have 24 hours, and there are no seconds. `less` is for durations
   * under a minute.
   */
  readonly duration: (duration: Duration, less: string) => string;
  /** A template tag for sentences that contain external text, such as a title or a name. */
  readonly sentence: (strings: TemplateStringsArray, ...values: readonly string[]) => string;
};

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

/** `comma` separates the parts of a sentence. It also separates names, unless there's a `namesComma`. */
type Script = { readonly direction?: Direction; readonly comma?: string; readonly namesComma?: string };

/** Returns how a language counts, lists and writes numbers. `locale` doesn't need a region. */
export function grammar(locale: string, { direction = 'ltr', comma = ', ', namesComma = comma }: Script = {}): Grammar {
  // Created on first use, because a site only shows one or two languages.
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

/** Capitalizes a text, if its script has capital letters. */
export const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
