import { hour, type Instant, isoTime } from '../../src/domain/instant.ts';
import type { ComponentStates } from '../../src/domain/component.ts';
import type { Template } from '../../src/domain/template.ts';
import { readInstant, shortUtc } from '../../src/schema/instant.ts';
import { UsageError } from '../cli/errors.ts';
import type { Ask } from '../cli/world.ts';
import { askTouched } from './component-questions.ts';
import type { Desk } from './desk.ts';
import { wrongInForm } from './flag-values.ts';
import { askTemplate, askText } from './template-text.ts';

/** What an announcement is made of; what is undefined has not been said. */
export type Announced = {
  readonly title: string | undefined;
  readonly for: string | undefined;
  readonly until: string | undefined;
  readonly message: string | undefined;
  readonly components: ComponentStates | undefined;
};

/** A window must end after it begins, and not be over before it is announced. Gives its begin. Throws UsageError. */
export function windowStart(from: string, until: string, now: Instant, timeZone: string): Instant {
  const [start, end] = [readInstant(from, timeZone), readInstant(until, timeZone)];
  if ('wrong' in start) throw new UsageError(`--for: ${start.wrong}`);
  if ('wrong' in end) throw new UsageError(`--until: ${end.wrong}`);
  if (end.value <= start.value)
    throw new UsageError(
      `--until: ${shortUtc(end.value)} is not after --for, ${shortUtc(start.value)}. Type a later end`,
    );
  if (end.value <= now)
    throw new UsageError(`--until: ${shortUtc(end.value)} is over already. Type a window that is still to come`);
  return start.value;
}

/** An hour of tomorrow night, to show how a time is typed. */
function example(hoursAhead: number, now: Instant): string {
  return isoTime(now + hoursAhead * hour).replace(/:\d\d:\d\d\.\d+Z$/, ':00Z');
}

/** Asks for what an announcement does not say yet. Throws Cancelled. */
export async function askAnnouncement(
  said: Announced,
  template: Template | null,
  ask: Ask,
  desk: Desk,
): Promise<Announced> {
  const { timeZone } = desk.settings;
  const checkFrom = (answer: string): string | null => {
    const read = readInstant(answer, timeZone);
    return 'wrong' in read ? read.wrong : null;
  };
  const title = said.title ?? (await ask.text({ message: 'What will be done?', placeholder: 'Database upgrade' }));
  const from =
    said.for ?? (await ask.text({ message: `When does it begin? (as ${example(24, desk.now)})`, check: checkFrom }));
  const checkUntil = (answer: string): string | null => {
    try {
      windowStart(from, answer, desk.now, timeZone);
      return null;
    } catch (error) {
      return wrongInForm(error);
    }
  };
  const until =
    said.until ?? (await ask.text({ message: `When does it end? (as ${example(26, desk.now)})`, check: checkUntil }));
  const components = said.components ?? (await askTouched(ask, desk));
  if (said.message !== undefined) return { title, for: from, until, components, message: said.message };
  const chosen = template ?? (await askTemplate(ask, 'schedule', 'scheduled', desk));
  const message = await askText(ask, chosen, { components: Object.keys(components ?? {}), desk });
  return { title, for: from, until, components, message };
}
