import { problemLine } from '../../src/lib/content/problem.ts';
import { readTemplates, templatesFolder } from '../../src/lib/content/read-templates.ts';
import type { Fields } from '../../src/lib/content/write-content.ts';
import {
  blanksIn,
  dropBlanks,
  fillBlanks,
  suits,
  type Template,
  type TemplateUse,
} from '../../src/lib/domain/template.ts';
import { didYouMean, quote } from '../../src/lib/schema/text.ts';
import { clock } from '../../src/lib/views/time.ts';
import { listOf } from '../../src/lib/words/en.ts';
import type { ContentFolder } from '../cli/content.ts';
import { UsageError, UserError } from '../cli/errors.ts';
import type { Ask } from '../cli/context.ts';

export const textQuestion = 'What should customers know?';

function readAll({ tree, settings, components }: ContentFolder) {
  const { timeZone, locale } = settings;
  return readTemplates(tree, { timeZone, locale, componentIds: components.map(({ id }) => id) });
}

/** The template with this name. Throws UserError if it's missing, unreadable, or unsuitable here. */
function templateNamed(given: string, use: TemplateUse, content: ContentFolder): Template {
  const { templates, problems } = readAll(content);
  const name = given.trim().replace(/\.md$/, '');
  const broken = problems.find(({ file }) => file === `${templatesFolder}/${name}.md`);
  if (broken !== undefined) throw new UserError(problemLine(broken, content.folder));
  const found = templates.find((template) => template.name === name);
  if (found !== undefined && suits(found, use)) return found;
  const usable = templates.filter((template) => suits(template, use)).map((template) => template.name);
  const [what, near] =
    found === undefined
      ? ['is not a template', didYouMean(name, usable)]
      : ["can't be used here", didYouMean('', usable)];
  throw new UserError(`--template: ${quote(name)} ${what}. ${near}`.trim());
}

/** The template from `--template`, or null. Throws UsageError if there's also a `--message`. */
export function templateFlag(
  options: { readonly template: string | undefined; readonly message: string | undefined },
  use: TemplateUse,
  content: ContentFolder,
): Template | null {
  if (options.template === undefined) return null;
  if (options.message !== undefined)
    throw new UsageError('--template and --message both give the text. Use one of them');
  return templateNamed(options.template, use, content);
}

/** The fields, with the template's suggestions for missing values. A resolved incident gets no next update. */
export function withTemplate(fields: Fields, template: Template | null): Fields {
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  const { next_update: next, ...suggested } = template?.fields ?? {};
  const all = { ...suggested, ...given };
  return { ...(next === undefined || all.status === 'resolved' ? {} : { next_update: next }), ...all };
}

/** The template's text with known blanks filled in, and the unique names of the others. */
function fillKnown(
  template: Template,
  componentIds: readonly string[],
  { components, settings, now }: ContentFolder,
): { readonly text: string; readonly blanks: readonly string[] } {
  const names = componentIds.map((id) => components.find((component) => component.id === id)?.name ?? id);
  const text = fillBlanks(template.body, {
    components: names.length === 0 ? undefined : listOf(names),
    site: settings.name,
    time: clock(now, settings),
  });
  return { text, blanks: [...new Set(blanksIn(text).map(({ name }) => name))] };
}

/** A template's text, without prompts. Throws UsageError if it has unfilled blanks. */
export function completeText(template: Template, componentIds: readonly string[], content: ContentFolder): string {
  const { text, blanks } = fillKnown(template, componentIds, content);
  if (blanks.length === 0) return text;
  throw new UsageError(
    `--template ${template.name} has blanks to fill in: ${blanks.map((name) => `{{${name}}}`).join(', ')}. Run it in a terminal, which asks for them, or give the whole text with --message`,
  );
}

/** Offers the templates for a status; null for no template. Throws Cancelled. */
export async function askTemplate(
  ask: Ask,
  use: TemplateUse,
  status: string,
  content: ContentFolder,
): Promise<Template | null> {
  // `check` reports unreadable templates. Templates for exactly this status come first.
  const usable = readAll(content)
    .templates.filter((template) => suits(template, use))
    .filter(({ fields }) => fields.status === undefined || fields.status === status)
    .toSorted((a, b) => Number(a.fields.status === undefined) - Number(b.fields.status === undefined));
  if (usable.length === 0) return null;
  const name = await ask.choose('Start from a template?', [
    { value: '', label: "No, I'll write it myself" },
    ...usable.map(({ name: value, label }) => ({ value, label, hint: value })),
  ]);
  return usable.find((template) => template.name === name) ?? null;
}

/**
 * Asks for the text of an update, or for a template's blanks and then for a review of the result. Throws Cancelled.
 */
export async function askText(
  ask: Ask,
  template: Template | null,
  componentIds: readonly string[],
  content: ContentFolder,
): Promise<string> {
  if (template === null) return ask.paragraphs(textQuestion);
  const { text, blanks } = fillKnown(template, componentIds, content);
  ask.show(text, 'The text, with blanks to fill in');
  const answers: Record<string, string> = {};
  for (const name of blanks) {
    // A missing word is hard to add later, in the full text.
    const optional = !blanksIn(dropBlanks(text, [name])).some((blank) => blank.name === name);
    const answer = await ask.text({
      message: `Fill in: ${name}${optional ? ' (Enter to leave it out)' : ''}`,
      optional,
    });
    if (answer !== '') answers[name] = answer;
  }
  const skipped = blanks.filter((name) => answers[name] === undefined);
  const check = (message: string): string | null => {
    const [left] = blanksIn(message);
    return left === undefined ? null : `Fill in or delete ${left.written}`;
  };
  return ask.paragraphs('Is this what customers should know?', {
    initial: fillBlanks(dropBlanks(text, skipped), answers),
    check,
  });
}
