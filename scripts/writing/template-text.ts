import { blanksIn, fillBlanks, type Template, type TemplateUse } from '../../src/domain/template.ts';
import { UsageError } from '../cli/errors.ts';
import type { Ask } from '../cli/world.ts';
import type { Desk } from './desk.ts';
import { beginWith, type KnownFacts, templateNamed, templatesFor } from './templates.ts';
import type { Fields } from './update-file.ts';

export const textQuestion = 'What should customers know?';

/** The template of `--template`; null without one. Throws UsageError together with `--message`: both are the text. */
export function templateFlag(
  options: { readonly template: string | undefined; readonly message: string | undefined },
  use: TemplateUse,
  desk: Desk,
): Template | null {
  if (options.template === undefined) return null;
  if (options.message !== undefined)
    throw new UsageError('--template and --message both say the text. Type one of them');
  return templateNamed(options.template, use, desk);
}

/** What is said, and what a template suggests where nothing is. */
export function withTemplate(fields: Fields, template: Template | null): Fields {
  const said = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  return { ...template?.fields, ...said };
}

/** A template's text where there is nobody to ask. Throws UsageError that names what is left to fill in. */
export function wholeText(template: Template, facts: KnownFacts): string {
  const { text, blanks } = beginWith(template, facts);
  if (blanks.length === 0) return text;
  throw new UsageError(
    `--template ${template.name}: somebody has to say ${blanks.map((name) => `{{${name}}}`).join(', ')}. Run it in a terminal, which asks for them, or type the whole text behind --message`,
  );
}

/** Offers the texts that suit a status; null for one's own. Throws Cancelled. */
export async function askTemplate(ask: Ask, use: TemplateUse, status: string, desk: Desk): Promise<Template | null> {
  const fitting = templatesFor(use, desk).filter(
    ({ fields }) => fields.status === undefined || fields.status === status,
  );
  if (fitting.length === 0) return null;
  // One that is made for this status is likelier than one for any.
  const sorted = fitting.toSorted(
    (a, b) => Number(a.fields.status === undefined) - Number(b.fields.status === undefined),
  );
  const name = await ask.choose('Begin with a text?', [
    { value: '', label: 'No, I write it myself' },
    ...sorted.map(({ name: value, label }) => ({ value, label, hint: value })),
  ]);
  return sorted.find((template) => template.name === name) ?? null;
}

/** The text of an update: written anew, or from a template whose blanks are asked for, to be looked over. Throws Cancelled. */
export async function askText(ask: Ask, template: Template | null, facts: KnownFacts): Promise<string> {
  if (template === null) return ask.paragraphs(textQuestion);
  const { text, blanks } = beginWith(template, facts);
  ask.show(text, 'The text, with what is left to fill in');
  const answers: Record<string, string> = {};
  for (const name of blanks) {
    const answer = await ask.text({ message: `Fill in: ${name}`, optional: true });
    // What is left out is left for the last look.
    if (answer !== '') answers[name] = answer;
  }
  const check = (said: string): string | null => {
    const [left] = blanksIn(said);
    return left === undefined ? null : `Fill in or delete ${left.written}`;
  };
  return ask.paragraphs('Is this what customers should know?', { initial: fillBlanks(text, answers), check });
}
