import type { Incident } from '../../src/domain/incident.ts';
import { label } from '../writing/words.ts';
import { clockWords, momentWords } from './time-words.ts';

/** All updates as a markdown list, oldest first, in UTC, each with its whole text. */
export function timeline({ updates }: Incident): string {
  let day = '';
  const items = updates.map(({ record }) => {
    const moment = momentWords(record.at);
    const isSameDay = moment.startsWith(day) && day !== '';
    day = moment.slice(0, moment.indexOf(','));
    const text = record.body.split('\n').map((line) => (line === '' ? '' : `  ${line}`)).join('\n');
    return `- **${isSameDay ? clockWords(record.at) : moment}, ${label(record.status).toLowerCase()}:**\n\n${text}`;
  });
  return items.join('\n\n');
}
