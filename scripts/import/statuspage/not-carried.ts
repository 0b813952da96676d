import type { Note } from '../note.ts';

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const list = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);
const isSaid = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

/** Tells of texts in a file of the dump that have no place in Halfpast, each by its path in the file. `name` is what to call the file. */
export function notCarried(data: unknown, name: string, note: Note): void {
  if (!isObject(data)) return;
  for (const kind of ['incidents', 'scheduled_maintenances']) {
    for (const [index, event] of list(data[kind]).entries()) {
      const updates = list(event['incident_updates']);
      const postmortem = event['postmortem_body'];
      if (isSaid(postmortem) && !updates.some(({ body }) => isSaid(body) && body.trim() === postmortem.trim())) {
        note(
          `${name}: ${kind}.${index}.postmortem_body: is in no update, and was not carried over. To publish it: npx halfpast postmortem`,
        );
      }
      for (const [position, update] of updates.entries()) {
        if (isSaid(update['custom_tweet']))
          note(
            `${name}: ${kind}.${index}.incident_updates.${position}.custom_tweet: was not carried over: ${update['custom_tweet']}`,
          );
      }
    }
  }
}
