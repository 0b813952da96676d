import type { Incident } from '../../src/domain/incident.ts';
import { label } from '../writing/words.ts';
import { hardBreaks } from './hard-breaks.ts';
import { localClock, localMoment } from './local-words.ts';

/** All updates as a markdown list, oldest first, each with its whole text. */
export function timeline({ updates }: Incident, timeZone: string): string {
  let day = '';
  const items = updates.map(({ record }) => {
    const moment = localMoment(record.at, timeZone);
    const isSameDay = moment.startsWith(day) && day !== '';
    day = moment.slice(0, moment.indexOf(','));
    const text = hardBreaks(record.body)
      .split('\n')
      .map((line) => (line === '' ? '' : `  ${line}`))
      .join('\n');
    return `- **${isSameDay ? localClock(record.at, timeZone) : moment}, ${label(record.status).toLowerCase()}:**\n\n${text}`;
  });
  return items.join('\n\n');
}
