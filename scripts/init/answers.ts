import { siteSettingsSchema } from '../../src/schema/site-settings.ts';
import { isTimeZone } from '../../src/schema/time-zone.ts';
import { UsageError } from '../cli/errors.ts';
import { oneLine } from '../cli/one-line.ts';
import type { Ask } from '../cli/world.ts';
import { inFlagForm, wrongInForm } from '../writing/flag-values.ts';
import { type ListedComponent, readComponents } from './component-list.ts';

/** What site.yml needs at least. */
export type Site = { readonly name: string; readonly url: string; readonly time_zone: string };
/** What was said of it; undefined for what was not. */
export type Answers = { readonly [K in keyof Site]: string | undefined } & {
  readonly components: readonly ListedComponent[];
};

const examples = {
  name: '--name "Acme"',
  url: '--url https://status.acme.com',
  time_zone: '--time-zone Europe/Berlin',
} as const;

/** What is wrong with one setting; null when it is fine or not given. */
function wrong(field: keyof Site, given: string | undefined): string | null {
  if (given === undefined) return null;
  const whole = { name: 'x', url: 'https://x.example', time_zone: 'UTC', [field]: given };
  const issue = siteSettingsSchema('UTC').safeParse(whole).error?.issues[0];
  return issue === undefined ? null : oneLine(issue.message);
}

/** Throws UsageError for the first flag that will not do. */
export function requireRight(answers: Answers): void {
  for (const field of ['name', 'url', 'time_zone'] as const) {
    const message = wrong(field, answers[field]);
    if (message !== null) throw new UsageError(inFlagForm(message, field));
  }
}

/** Throws UsageError for the first that is missing. */
export function requireAll({ name, url, time_zone, components }: Answers): Site {
  const missing = Object.entries({ name, url, time_zone }).find(([, value]) => value === undefined)?.[0] as
    keyof Site | undefined;
  if (missing !== undefined)
    throw new UsageError(`--${missing.replace('_', '-')} is missing. Type it as ${examples[missing]}`);
  if (components.length === 0)
    throw new UsageError(
      '--component is missing. Name the parts of your service that customers know, as --component checkout=Checkout',
    );
  return { name: name ?? '', url: url ?? '', time_zone: time_zone ?? '' };
}

/** Asks for what is missing. Throws Cancelled. */
export async function askMissing(answers: Answers, ask: Ask, timeZone: string): Promise<Answers> {
  const one = (field: keyof Site, message: string, initial?: string): Promise<string> | string =>
    answers[field] ??
    ask.text({ message, ...(initial === undefined ? {} : { initial }), check: (answer) => wrong(field, answer) });
  const check = (answer: string): string | null => {
    try {
      readComponents(answer.split(','));
      return null;
    } catch (error) {
      return wrongInForm(error);
    }
  };
  return {
    name: await one('name', 'What is it the status of?'),
    url: await one('url', 'At which address will the page be? (as https://status.acme.com)'),
    time_zone: await one(
      'time_zone',
      'In which time zone do most readers live?',
      isTimeZone(timeZone) ? timeZone : 'UTC',
    ),
    components:
      answers.components.length > 0
        ? answers.components
        : readComponents(
            (
              await ask.text({
                message: 'Which parts of the service do customers know? (as Website, Checkout, API)',
                check,
              })
            ).split(','),
          ),
  };
}
