import { expect, it } from 'vitest';
import { languages } from '../../../src/lib/words/languages.ts';
import { wordsFor } from '../../../src/lib/words/words.ts';

const amounts = [0, 1, 2, 5, 11, 21];

it.each(languages)('counts in %s fill every form, and relative times have words', (locale) => {
  const { index, headline, component } = wordsFor({ locale });
  const counted = [index.quietFor, index.more, headline.openIncidents, component.troubledDays, component.older];
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  for (const amount of amounts) {
    for (const text of counted.map((count) => count(amount))) expect(text).not.toMatch(/#|undefined|NaN|^\s*$/);
    for (const unit of ['minute', 'hour', 'day'] as const) expect(relative.format(-amount, unit)).toMatch(/\p{L}/u);
  }
});
