import { expect, it } from 'vitest';
import { languages } from '../../../src/lib/words/words.ts';
import { counts } from './samples.ts';

it.each(languages)('relative times in %s have words', (locale) => {
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  for (const amount of counts)
    for (const unit of ['minute', 'hour', 'day'] as const) expect(relative.format(-amount, unit)).toMatch(/\p{L}/u);
});
