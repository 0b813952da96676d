import { durationInWords } from '../../src/views/time.ts';
import { count } from '../../src/views/words.ts';
import { oneLine } from '../cli/one-line.ts';
import { shellWord } from '../cli/shell-word.ts';
import { wrapLine, wrapText } from '../cli/wrap.ts';
import { label } from '../writing/words.ts';
import { incidentRows, maintenanceRows, type Row } from './rows.ts';
import type { Situation } from './situation.ts';
import { wallDay, wallTime } from './wall-time.ts';

type Screen = {
  /** How many characters fit in a line. */
  readonly columns: number;
  /** The content folder, for commands to be copied. */
  readonly content: string;
};

const labelWidth = 17;

function rowLines(rows: readonly Row[], columns: number): string[] {
  return rows.map(([name, text]) =>
    wrapLine(`  ${name.padEnd(labelWidth)}${text}`, columns, ' '.repeat(labelWidth + 2)),
  );
}

/** The first thing to know, in one line. */
function verdict({ incidents, lastResolved, now }: Situation): string {
  if (incidents.length > 0) {
    const late = incidents.filter(({ overdue }) => overdue).length;
    const open = `${count(incidents.length, 'incident is', 'incidents are')} open`;
    return late === 0
      ? `${open}.`
      : `${open}. ${count(late, 'UPDATE IS', 'UPDATES ARE')} OVERDUE: write to customers now.`;
  }
  const last =
    lastResolved?.resolvedAt == null
      ? ''
      : ` The last one, ${oneLine(lastResolved.title)}, was resolved ${durationInWords(now - lastResolved.resolvedAt)} ago.`;
  return `No incident is open.${last}`;
}

/** The run sheet that `status` prints: what is due, the goals in order, each incident, maintenance. Times are those of the page's zone, with their offset. */
export function situationText(situation: Situation, { columns, content }: Screen): string {
  const { now, timeZone, priorities, incidents, maintenances } = situation;
  const named = content === 'content' ? '' : ` --content ${shellWord(content)}`;
  const goals = ['Goals, first things first', ...priorities.map((goal, index) => `  ${index + 1}. ${oneLine(goal)}`)];
  const open = incidents.flatMap((one) => {
    const { title, status, impact } = one.incident;
    return [
      '',
      wrapText(`${oneLine(title)}\n${label(status)}, ${label(impact).toLowerCase()}`, columns),
      ...rowLines(incidentRows(one, situation, named), columns),
    ];
  });
  const work = maintenances.flatMap((one) => [
    '',
    wrapText(`Maintenance: ${oneLine(one.maintenance.title)}`, columns),
    ...rowLines(maintenanceRows(one, situation), columns),
  ]);
  const lines = [
    wrapLine(`${wallDay(now, timeZone)}, ${wallTime(now, now, timeZone)} (${timeZone})`, columns),
    wrapLine(verdict(situation), columns),
    '',
    ...goals,
    ...open,
    ...(work.length === 0 ? ['', 'No maintenance is announced.'] : work),
    ...(incidents.length === 0 ? ['', wrapLine(`To report an incident: npx halfpast open${named}`, columns)] : []),
  ];
  return `${lines.join('\n')}\n`;
}
