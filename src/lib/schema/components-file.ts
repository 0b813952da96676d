import type { z } from 'zod';
import { fields, list, perZone, translations, yesOrNo } from './fields.ts';
import { quote, readable, text } from './text.ts';
import { calendarDate, instant } from './time-fields.ts';

/** A name for use in URLs: lowercase letters, digits and single hyphens. */
export const slugForm = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/**
 * The maximum length of such a name, in characters. Most file systems limit file names to 255 bytes, and file names
 * based on it are longer.
 */
export const longestSlug = 200;

/** Letters to transliterate to a–z. Other diacritics are removed. */
const written: Readonly<Record<string, string>> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'oe',
  å: 'aa',
  þ: 'th',
  ð: 'd',
  đ: 'd',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
};

/** Returns the closest name for use in URLs; empty if nothing is left. */
export function slugify(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[äöüßæœøåþðđłħı]/g, (letter) => written[letter] ?? letter)
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[\u0300-\u036f'’]/g, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
}

/** Names that all JavaScript objects have. Looking one up would find a value that isn't in the content. */
export const isTaken = (id: string): boolean => id in {};

const componentId = readable('id: checkout', (given) => {
  if (isTaken(given))
    return {
      wrong: `${quote(given)} is a reserved name. Choose another, such as ${slugify(given)}-service`,
    };
  if (given.length > longestSlug)
    return { wrong: `has ${given.length} characters; the limit is ${longestSlug}. Choose a shorter one` };
  if (slugForm.test(given)) return { value: given };
  return {
    wrong: `${quote(given)} cannot be used in an address. Use lowercase letters, digits and hyphens, such as ${slugify(given) || 'checkout'}`,
  };
});

const component = (timeZone: string) =>
  fields(
    {
      id: componentId,
      name: text('name: Checkout'),
      description: text('description: Paying by card and invoice').optional(),
      since: calendarDate('since: 2026-01-01').optional(),
      retired: yesOrNo.optional(),
      showcase: yesOrNo.optional(),
      created: instant('created: 2019-11-13T18:00Z', timeZone).optional(),
      changed: instant('changed: 2026-08-17T16:59Z', timeZone).optional(),
      translations: translations(
        {
          name: text('name: Kasse').optional(),
          description: text('description: Zahlung per Karte und Rechnung').optional(),
        },
        'name: Kasse',
      ),
    },
    'is not a component. Write "- id: checkout" and "  name: Checkout" below it',
  );

const group = (timeZone: string) =>
  fields(
    {
      name: text('name: Buying'),
      components: list(component(timeZone), 'id: checkout').min(1, {
        error: 'is empty. List a component below it, like "  - id: checkout", or delete the group',
      }),
      translations: translations({ name: text('name: Einkaufen').optional() }, 'name: Einkaufen'),
    },
    'is not a group. Write "- name: Buying" and "  components:" below it',
  );

/** `components.yml`. Times in hints are in `timeZone`. */
export const componentsFileSchema = perZone((timeZone) => {
  return fields(
    {
      components: list(component(timeZone), 'id: checkout').optional(),
      groups: list(group(timeZone), 'name: Buying').optional(),
    },
    'has neither "components:" nor "groups:" above it. Add one of them, and list the components below it',
  );
});

export type ComponentsFile = z.output<ReturnType<typeof componentsFileSchema>>;
