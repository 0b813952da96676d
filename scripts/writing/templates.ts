import { problemLine } from '../../src/content/problem.ts';
import { readTemplates, templatesFolder } from '../../src/content/templates.ts';
import {
  type BlankValues,
  blanksIn,
  fillBlanks,
  suits,
  type Template,
  type TemplateUse,
} from '../../src/domain/template.ts';
import { didYouMean } from '../../src/schema/suggest.ts';
import { quote } from '../../src/schema/text.ts';
import { listOf } from '../../src/views/words.ts';
import { UserError } from '../cli/errors.ts';
import type { Desk } from './desk.ts';

function readAll(desk: Desk) {
  return readTemplates(desk.tree, {
    timeZone: desk.settings.timeZone,
    componentIds: desk.components.map(({ id }) => id),
  });
}

/** The templates that are of use there, to choose from; those that cannot be read are left to `check`. */
export function templatesFor(use: TemplateUse, desk: Desk): readonly Template[] {
  return readAll(desk).templates.filter((template) => suits(template, use));
}

/** The template of a name. Throws UserError when there is none, when it cannot be read, and when it is of no use there. */
export function templateNamed(given: string, use: TemplateUse, desk: Desk): Template {
  const { templates, problems } = readAll(desk);
  const name = given.trim().replace(/\.md$/, '');
  const broken = problems.find(({ file }) => file === `${templatesFolder}/${name}.md`);
  if (broken !== undefined) throw new UserError(problemLine(broken, desk.content));
  const found = templates.find((template) => template.name === name);
  const fitting = templates.filter((template) => suits(template, use)).map((template) => template.name);
  if (found === undefined)
    throw new UserError(`--template: ${quote(given)} is not a template. ${didYouMean(name, fitting)}`.trim());
  if (suits(found, use)) return found;
  throw new UserError(`--template: ${quote(name)} is of no use here. ${didYouMean('', fitting)}`.trim());
}

export type KnownFacts = {
  /** The affected components, by id. */
  readonly components: readonly string[];
  readonly desk: Desk;
};

/** What blanks are filled with by the program: `components`, `site` and `time`, the clock in the site's time zone. */
export function knownBlanks({ components, desk }: KnownFacts): BlankValues {
  const { timeZone, locale, name } = desk.settings;
  const names = components.map((id) => desk.components.find((component) => component.id === id)?.name ?? id);
  const clock = new Intl.DateTimeFormat(locale, {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  });
  return { components: names.length === 0 ? undefined : listOf(names), site: name, time: clock.format(desk.now) };
}

/** A template's text as far as it can be filled in, and the names of the blanks that are left, each once. */
export function beginWith(
  template: Template,
  facts: KnownFacts,
): { readonly text: string; readonly blanks: readonly string[] } {
  const text = fillBlanks(template.body, knownBlanks(facts));
  return { text, blanks: [...new Set(blanksIn(text).map(({ name }) => name))] };
}
