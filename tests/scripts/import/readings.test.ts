import { describe, expect, it } from 'vitest';
import { UserError } from '../../../scripts/cli/errors.ts';
import { planCstate } from '../../../scripts/import/cstate-plan.ts';
import { readIssue } from '../../../scripts/import/cstate-read.ts';
import { readDump } from '../../../scripts/import/statuspage-dump.ts';
import { planImport } from '../../../scripts/import/statuspage-plan.ts';
import { planUpptime } from '../../../scripts/import/upptime-plan.ts';
import { readUpptimeConfig, savedIssues } from '../../../scripts/import/upptime-read.ts';
import { shortUtc } from '../../../src/lib/schema/time-fields.ts';
import { absoluteImages, type Plan, statusWord } from '../../../scripts/import/plan.ts';
import { noContent, now, siteOf } from './imported.ts';

/** Each update of the only incident as its time, status, components and text. */
function linesOf(plan: Plan): string[] {
  const [incident] = siteOf(plan).incidents;
  return (incident?.updates ?? []).map(({ record, components }) => {
    const states = Object.entries(components).map(([id, status]) => ` ${id}=${status}`);
    return `${shortUtc(record.at).slice(5)} ${record.status}${states.join('')}: ${record.body.trim().replaceAll('\n', ' ')}`;
  });
}

describe('cState', () => {
  const config = {
    path: 'config.yml',
    text: 'title: Acme\nbaseURL: https://status.acme.example\nparams:\n  systems:\n    - name: API\n',
  };
  const plan = (fields: string, body: string, zone: string | null = 'UTC'): Plan => {
    const given = ['title: Stuck', 'severity: down', 'affected: [API]'].filter(
      (one) => !fields.includes(one.split(' ')[0] ?? ''),
    );
    const text = `---\n${[...given, fields].join('\n')}\n---\n${body}\n`;
    return planCstate({ config, issues: [{ path: 'a.md', text }], notes: [] }, { zone, now }, noContent, 'c');
  };
  const over = 'date: 2025-01-02T19:00:00Z\nresolved: true\nresolvedWhen: 2025-01-03T09:10:00Z';
  const begins = '01-02T19:00Z investigating api=major_outage:';
  const track = (time: string): string => `{{< track "2025-01-${time}:00Z" >}}`;

  it.each([
    ['a closing word', 'Jobs wait.\n\n**Resolved:** Done.', ['Jobs wait.', '01-03T09:10Z resolved: Done.']],
    [
      'a closing word with a track',
      `Jobs wait.\n\nSorry.\n\n**Resolved:** Done. ${track('03T08:00')}`,
      ['Jobs wait.  Sorry.', '01-03T08:00Z resolved: Done.'],
    ],
    [
      'a closing word and thanks',
      `Jobs wait.\n\n**Resolved:** Done. ${track('03T08:00')}\n\n**Update:** Thanks. ${track('03T09:00')}`,
      ['Jobs wait.', '01-03T08:00Z resolved: Done.', '01-03T09:00Z resolved: **Update:** Thanks.'],
    ],
    ['nothing but a closing word', '**Resolved:** Done.', ['Investigating.', '01-03T09:10Z resolved: Done.']],
    [
      'nothing but a closing word with a track',
      `**Fixed** - Done. ${track('03T08:00')}`,
      ['Investigating.', '01-03T08:00Z resolved: **Fixed** - Done.'],
    ],
    [
      'an update before the closing word',
      `**Update:** Jobs wait. ${track('02T19:00')}\n\n**Resolved:** Done.`,
      ['**Update:** Jobs wait.', '01-03T09:10Z resolved: Done.'],
    ],
    [
      'a postmortem first',
      `**Post-mortem:** A cable.\n\n**Resolved:** Done.\n\n**Investigating:** Jobs wait.`,
      ['Jobs wait.', '01-03T09:10Z resolved: Done.', '01-03T09:10:00.001Z resolved: **Post-mortem:** A cable.'],
    ],
  ])('an issue with %s begins at its date, and ends when it says', (_, body, [first = '', ...rest]) => {
    expect(linesOf(plan(over, body))).toEqual([`${begins} ${first}`, ...rest]);
  });

  const date = 'date: 2025-01-02T19:00Z';
  const end = 'resolved: true\nresolvedWhen: 2025-01-03T09:10Z';
  /** `Word: Text. @02T19:00 / …`, as paragraphs with a status word and a track. */
  const bodyOf = (brief: string): string =>
    brief
      .split(' / ')
      .map((part) => part.replace(/^([A-Z]\w+):/, '**$1:**').replaceAll(/@(\d\S+)/g, (_, time: string) => track(time)))
      .join('\n\n');

  it.each([
    [
      'an update without a time',
      `${date}\n${end}`,
      'Investigating: A. @02T19:00 / Identified: B. / Monitoring: C. @03T08:00 / Resolved: D. @03T09:10',
      [
        '01-02T19:00Z investigating api=major_outage: A.',
        '01-02T19:00:00.001Z identified api=major_outage: B.',
        '01-03T08:00Z monitoring api=major_outage: C.',
        '01-03T09:10Z resolved: D.',
        '11: has no time, and now follows the update before it, at 2025-01-02T19:00:00.001Z',
      ],
    ],
    [
      'an end a minute after resolvedWhen',
      `${date}\n${end}`,
      'Investigating: A. @02T19:00 / Resolved: B. @03T09:11',
      [
        '01-02T19:00Z investigating api=major_outage: A.',
        '01-03T09:11Z resolved: B.',
        "7: resolvedWhen 2025-01-03T09:10Z is not when the update says so, 2025-01-03T09:11Z; the update's time was taken",
      ],
    ],
    [
      'an end in the minute of resolvedWhen',
      `${date}\nresolved: true\nresolvedWhen: 2025-01-03T09:10:01Z`,
      'Investigating: A. @02T19:00 / Resolved: B. @03T09:11',
      ['01-02T19:00Z investigating api=major_outage: A.', '01-03T09:11Z resolved: B.'],
    ],
    [
      'times that are all before the updates',
      `date: 2025-01-01T19:00Z\nresolved: true\nresolvedWhen: 2025-01-01T20:00Z`,
      'Investigating: A. @02T19:00 / Resolved: B. @02T20:00',
      [
        '01-02T19:00Z investigating api=major_outage: A.',
        '01-02T20:00Z resolved: B.',
        '7: date 2025-01-01T19:00Z and resolvedWhen 2025-01-01T20:00Z are before the first update, 2025-01-02T19:00Z; the times of the updates were taken',
      ],
    ],
    [
      'an end that has no status word',
      `${date}\nresolved: true\nresolvedWhen: 2025-01-03T09:10:59Z`,
      'Investigating: A. @02T19:00 / Update: B. @03T09:09 / Well. @03T09:10',
      [
        '01-02T19:00Z investigating api=major_outage: A.',
        '01-03T09:09Z investigating api=major_outage: **Update:** B.',
        '01-03T09:10Z resolved: Well.',
      ],
    ],
    [
      'no resolvedWhen, and a postmortem',
      `${date}\nresolved: true`,
      'Investigating: A. @02T19:00 / Monitoring: B. @02T20:00 / Postmortem: C. @04T20:00',
      [
        '01-02T19:00Z investigating api=major_outage: A.',
        '01-02T20:00Z monitoring api=major_outage: B.',
        '01-02T20:00:00.001Z resolved: Resolved.',
        '01-04T20:00Z resolved: **Postmortem:** C.',
        '6: is resolved, but does not say when; an update that says so was added behind the last, at 2025-01-02T20:00:00.001Z',
      ],
    ],
    [
      'a resolvedWhen before its last update',
      `${date}\n${end}`,
      'Investigating: A. @02T19:00 / Monitoring: B. @03T10:00',
      [
        '01-02T19:00Z investigating api=major_outage: A.',
        '01-03T10:00Z monitoring api=major_outage: B.',
        '01-03T10:00:00.001Z resolved: Resolved.',
        '7: is resolved without an update that says so; one was added at 2025-01-03T10:00:00.001Z, since resolvedWhen 2025-01-03T09:10Z is before',
      ],
    ],
    [
      'updates after its end',
      `${date}\n${end}`,
      'Investigating: A. @02T19:00 / Update: Sorry. @03T12:00 / Postmortem: B.',
      [
        '01-02T19:00Z investigating api=major_outage: A.',
        '01-03T09:10Z resolved: Resolved.',
        '01-03T12:00Z resolved: **Update:** Sorry.',
        '01-03T12:00:00.001Z resolved: **Postmortem:** B.',
        '13: has no time, and now follows the update before it, at 2025-01-03T12:00:00.001Z',
        '7: is resolved without an update that says so; one was added at 2025-01-03T09:10Z',
      ],
    ],
    [
      'several parts, and is informational',
      `${date}\ninformational: true\n${end}`,
      'Update: B. @02T20:00 / Identified: A. @02T19:00',
      [
        '01-02T19:00Z resolved: **Identified:** A.',
        '01-02T20:00Z resolved: **Update:** B.',
        '6: is informational, and became an incident without impact that is over',
        '4: names API, which stays operational',
      ],
    ],
    [
      'no severity',
      `${date}\nresolved: false\nseverity:`,
      'A.',
      [
        '01-02T19:00Z investigating api=operational: A.',
        '1: has no severity, and became an incident of minor impact',
        '3: names API, which stays operational',
      ],
    ],
    [
      'a notice',
      `${date}\nresolved: false\nseverity: notice`,
      'A.',
      [
        '01-02T19:00Z investigating api=operational: A.',
        '6: is a notice, and became an incident without impact',
        '3: names API, which stays operational',
      ],
    ],
    [
      'a notice of work on two systems',
      `${date}\nresolved: false\nseverity: notice\ntitle: Planned work\naffected: [API, Mail]`,
      'A.',
      [
        '01-02T19:00Z investigating api=operational mail=operational: A.',
        'config.yml:1: "Mail" is no longer a system, and became a retired component',
        '4: is a notice, and became an incident without impact; cState has no maintenance windows',
        '6: names API, Mail, which stay operational',
      ],
    ],
    [
      'a notice without systems',
      `${date}\nresolved: false\nseverity: notice\naffected: []`,
      'A.',
      ['01-02T19:00Z investigating: A.', '5: is a notice, and became an incident without impact'],
    ],
    [
      'a disruption, and slips in names',
      `${date}\nresolved: false\nseverity: disrupted\naffected: [" api", API, Old]`,
      'A.',
      [
        '01-02T19:00Z investigating api=partial_outage old=partial_outage: A.',
        '6: " api" was taken for the system "API"',
        'config.yml:1: "Old" is no longer a system, and became a retired component',
      ],
    ],
    [
      'an end, but is not resolved',
      `${date}\nresolved: false`,
      'Investigating: A. @02T19:00 / Resolved: B. @02T20:00 / Update: C. @02T21:00',
      [
        '01-02T19:00Z investigating api=major_outage: A.',
        '01-02T20:00Z monitoring api=major_outage: **Resolved:** B.',
        '01-02T21:00Z monitoring api=major_outage: **Update:** C.',
        '10: sounds resolved, but the issue is not, so it became monitoring',
        '12: sounds resolved, but the issue is not, so it became monitoring',
      ],
    ],
    [
      'nothing but its end',
      `${date}\nresolved: true`,
      'Resolved: A. @02T19:00',
      [
        '01-02T19:00Z resolved: A.',
        '4: names API, but its only word is that it is over; what was affected was not imported',
      ],
    ],
    [
      'a date a minute after the first update',
      `date: 2025-01-02T19:01Z\nresolved: false`,
      'A. @02T19:00',
      [
        '01-02T19:00Z investigating api=major_outage: A.',
        '5: the date 2025-01-02T19:01Z is after the first update; the incident begins with that',
      ],
    ],
    [
      'a date less than a minute after the first update',
      `date: 2025-01-02T19:00:59Z\nresolved: false`,
      'A. @02T19:00',
      ['01-02T19:00Z investigating api=major_outage: A.'],
    ],
    [
      'a track long before it',
      `${date}\nresolved: false`,
      'Investigating: A. @01T18:59 / Identified: B. @02T20:00',
      [
        '01-02T19:00Z investigating api=major_outage: A.',
        '01-02T20:00Z identified api=major_outage: B.',
        '8: track "2025-01-01T18:59:00Z" is long before the date of the issue, 2025-01-02T19:00Z, and was ignored',
      ],
    ],
    [
      'a track a day before it',
      `${date}\nresolved: false`,
      'Investigating: A. @01T19:00 / Identified: B. @02T20:00',
      [
        '01-01T19:00Z investigating api=major_outage: A.',
        '01-02T20:00Z identified api=major_outage: B.',
        '5: the date 2025-01-02T19:00Z is after the first update; the incident begins with that',
      ],
    ],
    [
      'images and shortcodes',
      `${date}\nresolved: false`,
      'One. / ![x](/a.png) {{< figure src="x" >}}',
      [
        '01-02T19:00Z investigating api=major_outage: One.  ![x](https://status.acme.example/a.png) {{< figure src="x" >}}',
        '10: the shortcode "figure" stays in the text',
        '8: the image "/a.png" is taken from https://status.acme.example/a.png',
      ],
    ],
    [
      'an end without a time, and another',
      `${date}\n${end}`,
      'Investigating: A. @02T19:00 / B. / Resolved: C. / Resolved: D. @03T09:10',
      [
        '01-02T19:00Z investigating api=major_outage: A.  B.',
        '01-03T09:10Z resolved: C.',
        '01-03T09:10:00.001Z resolved: D.',
        '15: had the same time as another update, and was moved to 2025-01-03T091000.001Z',
      ],
    ],
    [
      'an end at its top',
      `${date}\n${end}`,
      'Resolved: A. / Update: B. @02T21:00 / Monitoring: C. @02T20:00 / Investigating: D. @02T19:00',
      [
        '01-02T19:00Z investigating api=major_outage: D.',
        '01-02T20:00Z monitoring api=major_outage: C.',
        '01-02T21:00Z monitoring api=major_outage: **Update:** B.',
        '01-03T09:10Z resolved: A.',
      ],
    ],
    [
      'an end that did not last',
      `${date}\n${end}`,
      'Investigating: A. @02T19:00 / Resolved: B. @02T20:00 / Monitoring: C. @03T08:00 / Update: D.',
      [
        '01-02T19:00Z investigating api=major_outage: A.',
        '01-02T20:00Z resolved: B.',
        '01-03T08:00Z monitoring: C.',
        '01-03T09:10Z resolved: **Update:** D.',
      ],
    ],
    [
      'an end that did not last, and no other',
      `${date}\n${end}`,
      'Investigating: A. @02T19:00 / Resolved: B. @02T20:00 / Monitoring: C. @03T08:00',
      [
        '01-02T19:00Z investigating api=major_outage: A.',
        '01-02T20:00Z resolved: B.',
        '01-03T08:00Z monitoring: C.',
        '01-03T09:10Z resolved: Resolved.',
        '7: is resolved without an update that says so; one was added at 2025-01-03T09:10Z',
      ],
    ],
    [
      'an end without a time before a thank-you',
      `${date}\n${end}`,
      'Investigating: A. @02T19:00 / Resolved: B. / Update: C. @02T20:00',
      [
        '01-02T19:00Z investigating api=major_outage: A.',
        '01-02T20:00Z investigating api=major_outage: **Update:** C.',
        '01-03T09:10Z resolved: B.',
      ],
    ],
    [
      'an update at its end, and a word for it',
      `${date}\n${end}`,
      'Investigating: A. @02T19:00 / Monitoring: B. @03T09:10 / Resolved: C.',
      [
        '01-02T19:00Z investigating api=major_outage: A.',
        '01-03T09:10Z monitoring api=major_outage: B.',
        '01-03T09:10:00.001Z resolved: C.',
        '13: had the same time as another update, and was moved to 2025-01-03T091000.001Z',
      ],
    ],
    [
      'an update after its end, and a word for it',
      `${date}\n${end}`,
      'Investigating: A. @02T19:00 / Monitoring: B. @03T10:00 / Resolved: C.',
      [
        '01-02T19:00Z investigating api=major_outage: A.',
        '01-03T10:00Z monitoring api=major_outage: B.',
        '01-03T10:00:00.001Z resolved: C.',
        '13: has no time, and now follows the update before it, at 2025-01-03T10:00:00.001Z',
        "7: resolvedWhen 2025-01-03T09:10Z is not when the update says so, 2025-01-03T10:00:00.001Z; the update's time was taken",
      ],
    ],
    [
      'an update at its end, and no word for it',
      `${date}\n${end}`,
      'Investigating: A. @02T19:00 / Update: B. @03T09:10 / Monitoring: C. @03T09:10',
      [
        '01-02T19:00Z investigating api=major_outage: A.',
        '01-03T09:10Z investigating api=major_outage: **Update:** B.',
        '01-03T09:10:00.001Z monitoring api=major_outage: C.',
        '01-03T09:10:00.002Z resolved: Resolved.',
        '7: is resolved without an update that says so; one was added at 2025-01-03T09:10Z',
        '13: had the same time as another update, and was moved to 2025-01-03T091000.001Z',
        '7: had the same time as another update, and was moved to 2025-01-03T091000.002Z',
      ],
    ],
    [
      'a postmortem at its end',
      `${date}\n${end}`,
      'Investigating: A. @02T19:00 / Postmortem: B. @03T09:10',
      [
        '01-02T19:00Z investigating api=major_outage: A.',
        '01-03T09:10Z resolved: Resolved.',
        '01-03T09:10:00.001Z resolved: **Postmortem:** B.',
        '7: is resolved without an update that says so; one was added at 2025-01-03T09:10Z',
        '11: had the same time as another update, and was moved to 2025-01-03T091000.001Z',
      ],
    ],
    [
      'an update a minute after its end',
      `${date}\n${end}`,
      'Update: A. @02T19:00 / Update: B. @03T09:11',
      [
        '01-02T19:00Z investigating api=major_outage: **Update:** A.',
        '01-03T09:10Z resolved: Resolved.',
        '01-03T09:11Z resolved: **Update:** B.',
        '7: is resolved without an update that says so; one was added at 2025-01-03T09:10Z',
      ],
    ],
    [
      'an end at its date',
      `${date}\nresolved: true\nresolvedWhen: 2025-01-02T19:00Z`,
      'A.',
      [
        '01-02T19:00Z investigating api=major_outage: A.',
        '01-02T19:00:00.001Z resolved: Resolved.',
        '7: is resolved without an update that says so; one was added at 2025-01-02T19:00:00.001Z',
      ],
    ],
    [
      'an end at its date in words',
      `${date}\nresolved: true\nresolvedWhen: 2025-01-02T19:00Z`,
      'Update: A. @02T19:00 / Resolved: B. @02T19:00',
      [
        '01-02T19:00Z investigating api=major_outage: **Update:** A.',
        '01-02T19:00:00.001Z resolved: B.',
        '11: had the same time as another update, and was moved to 2025-01-02T190000.001Z',
      ],
    ],
    [
      'no resolvedWhen, and updates in one minute',
      `${date}\nresolved: true`,
      'Investigating: A. @02T19:00 / Update: B. @02T19:00 / Update: C. @02T20:00',
      [
        '01-02T19:00Z investigating api=major_outage: A.',
        '01-02T19:00:00.001Z investigating api=major_outage: **Update:** B.',
        '01-02T20:00Z investigating api=major_outage: **Update:** C.',
        '01-02T20:00:00.001Z resolved: Resolved.',
        '6: is resolved, but does not say when; an update that says so was added behind the last, at 2025-01-02T20:00:00.001Z',
        '10: had the same time as another update, and was moved to 2025-01-02T190000.001Z',
      ],
    ],
    [
      'times before its only update',
      `date: 2025-01-01T19:00Z\nresolved: true\nresolvedWhen: 2025-01-01T20:00Z`,
      'Investigating: A. @02T19:00',
      [
        'began 01-01T19:00Z',
        '01-02T19:00Z investigating api=major_outage: A.',
        '01-02T19:00:00.001Z resolved: Resolved.',
        '7: is resolved without an update that says so; one was added at 2025-01-02T19:00:00.001Z, since resolvedWhen 2025-01-01T20:00Z is before',
      ],
    ],
    [
      'an informational text with an end',
      `${date}\n${end}\ninformational: true`,
      'Investigating: A. @02T20:00 / Resolved: B.',
      [
        'began 01-02T19:00Z',
        '01-02T20:00Z resolved: **Investigating:** A.',
        '01-02T20:00:00.001Z resolved: B.',
        '8: is informational, and became an incident without impact that is over',
        '4: names API, which stays operational',
        '12: has no time, and now follows the update before it, at 2025-01-02T20:00:00.001Z',
      ],
    ],
    [
      'an informational notice that is open',
      `${date}\nresolved: false\ninformational: true\nseverity: notice`,
      'A.',
      [
        '01-02T19:00Z resolved: A.',
        '6: is informational, and became an incident without impact that is over',
        '3: names API, which stays operational',
      ],
    ],
    [
      'an informational disruption that is open',
      `${date}\nresolved: false\ninformational: true\nseverity: disrupted`,
      'A.',
      [
        '01-02T19:00Z investigating api=partial_outage: A.',
        '6: is informational, but says resolved: false and severity: disrupted; it was imported as ongoing',
      ],
    ],
    [
      'an informational disruption',
      `${date}\ninformational: true\nseverity: disrupted`,
      'A.',
      [
        '01-02T19:00Z resolved: A.',
        '5: is informational, and became an incident without impact that is over',
        '3: names API, which stays operational',
      ],
    ],
    [
      'nothing but its end, and two systems',
      `${date}\nresolved: true\naffected: [API, Mail]`,
      'Resolved: A. @02T19:00',
      [
        '01-02T19:00Z resolved: A.',
        'config.yml:1: "Mail" is no longer a system, and became a retired component',
        '6: names API, Mail, but its only word is that it is over; what was affected was not imported',
      ],
    ],
    [
      'nothing but its end, and no system',
      `${date}\nresolved: true\naffected: []`,
      'Resolved: A. @02T19:00',
      ['01-02T19:00Z resolved: A.'],
    ],
    [
      'tracks before their texts in one block',
      `${date}\nresolved: false`,
      '@02T19:00 A.\n@02T20:00 B.\n@02T21:00 **Resolved:** C.',
      [
        '01-02T19:00Z investigating api=major_outage: A.',
        '01-02T20:00Z investigating api=major_outage: B.',
        '01-02T21:00Z monitoring api=major_outage: **Resolved:** C.',
        '10: sounds resolved, but the issue is not, so it became monitoring',
      ],
    ],
    [
      'tracks after their texts in one block',
      `${date}\nresolved: false`,
      'A. @02T19:00\n**Identified:** B. @02T20:00\nC.\n@02T21:00',
      [
        '01-02T19:00Z investigating api=major_outage: A.',
        '01-02T20:00Z identified api=major_outage: B.',
        '01-02T21:00Z identified api=major_outage: C.',
      ],
    ],
    [
      'tracks on lines of their own',
      `${date}\nresolved: false`,
      '@02T19:00\n\nA.\n\n@02T20:00\n\n**Identified:** B.\n\nC.',
      ['01-02T19:00Z investigating api=major_outage: A.', '01-02T20:00Z identified api=major_outage: B.  C.'],
    ],
    [
      'headings',
      `${date}\nresolved: false`,
      '## Resolved: ##\n\nD.\n\n@02T22:00\n\n###  Fix implemented.\n\nC. @02T21:00\n\n# Update #2\n\nB. @02T20:00\n\nInvestigating\n===\n\nA. @02T19:00',
      [
        '01-02T19:00Z investigating api=major_outage: Investigating ===  A.',
        '01-02T20:00Z investigating api=major_outage: # Update #2  B.',
        '01-02T21:00Z monitoring api=major_outage: ###  Fix implemented.  C.',
        '01-02T22:00Z monitoring api=major_outage: ## Resolved: ##  D.',
        '8: sounds resolved, but the issue is not, so it became monitoring',
      ],
    ],
    [
      'rules',
      `${date}\nresolved: false`,
      '---\n\nA. @02T19:00\n\n---\n\nB.\n\n***\n\nC.\n\n---\n\nD. @02T20:00',
      [
        '01-02T19:00Z investigating api=major_outage: A.  ---  B.  ---  C.',
        '01-02T20:00Z investigating api=major_outage: D.',
      ],
    ],
    [
      'links that are defined below',
      `${date}\nresolved: false`,
      'A [a] [b]. @02T19:00\n\n[a]: https://a.example\n[b]: https://b.example\n\nB. @02T20:00',
      [
        '01-02T19:00Z investigating api=major_outage: A [a] [b].',
        '01-02T20:00Z investigating api=major_outage: [a]: https://a.example [b]: https://b.example  B.',
      ],
    ],
    [
      'code and comments',
      `${date}\nresolved: false`,
      'A. @02T19:00\n\n  <!-- **Resolved:** @02T19:30 -->\n\n```\n**Identified:** @02T19:40\n```\n\n    **Monitoring:** @02T19:50\n\n<b>B.</b> @02T20:00',
      [
        '01-02T19:00Z investigating api=major_outage: A.',
        '01-02T20:00Z investigating api=major_outage: <!-- **Resolved:** {{< track "2025-01-02T19:30:00Z" >}} -->  ``` **Identified:** {{< track "2025-01-02T19:40:00Z" >}} ```      **Monitoring:** {{< track "2025-01-02T19:50:00Z" >}}  <b>B.</b>',
      ],
    ],
    [
      'other shortcodes',
      `${date}\nresolved: false`,
      'A. @02T19:00 @02T20:00 @02T21:00\n{{<  figure "x" >}}\n\n{{% note %}}\nB.\n{{% /note %}}',
      [
        '01-02T19:00Z investigating api=major_outage: A.',
        '01-02T21:00Z investigating api=major_outage: {{<  figure "x" >}}  {{% note %}} B. {{% /note %}}',
        '9: the shortcode "figure" stays in the text',
        '11: the shortcode "note" stays in the text',
      ],
    ],
    [
      'tracks that are no time',
      `${date}\nresolved: false`,
      '\n\n  - A.\n  - {{< track "soon" >}}\n\nB. {{< track "2026-01-01" >}}',
      [
        '01-02T19:00Z investigating api=major_outage: B.',
        '01-02T19:00:00.001Z investigating api=major_outage: - A.   -',
        '10: track "soon" is not a time, and was ignored',
        '13: track "2026-01-01" is in the future, and was ignored',
        '10: has no time, and now follows the update before it, at 2025-01-02T19:00:00.001Z',
      ],
    ],
    [
      'tracks in other quotes',
      `${date}\nresolved: false`,
      "A. {{<track '2025-01-02T19:00Z'>}}\n\nB. {{% track `2025-01-02T20:00Z` /%}}\n\nC. {{< track “ 2025-01-02T21:00Z ” >}}\n\nD. {{< track 2025-01-02T22:00Z >}}",
      [
        '01-02T19:00Z investigating api=major_outage: A.',
        '01-02T20:00Z investigating api=major_outage: B.',
        '01-02T21:00Z investigating api=major_outage: C.',
        '01-02T22:00Z investigating api=major_outage: D.',
      ],
    ],
    [
      'texts without a time around a track',
      `${date}\nresolved: false`,
      'Hello.\n\nMore.\n\n**Identified:** B. @02T20:00\n\n**Investigating:** A. @02T19:00\n\nBye.',
      [
        '01-02T19:00Z investigating api=major_outage: Hello.  More.  A.  Bye.',
        '01-02T20:00Z identified api=major_outage: B.',
        '8: has no track, and is now at the top of the first update',
      ],
    ],
    [
      'only texts',
      `${date}\nresolved: false`,
      'Hello.\n\n- More.\n\nBye.',
      ['01-02T19:00Z investigating api=major_outage: Hello.  - More.  Bye.'],
    ],
    [
      'statuses without times',
      `${date}\nresolved: true`,
      '**Resolved:** C.\n\n**Identified:** B.\n\n**Investigating:** A.',
      [
        '01-02T19:00Z investigating api=major_outage: A.',
        '01-02T19:00:00.001Z identified api=major_outage: B.',
        '01-02T19:00:00.002Z resolved: C.',
        '10: has no time, and now follows the update before it, at 2025-01-02T19:00:00.001Z',
        '8: has no time, and now follows the update before it, at 2025-01-02T19:00:00.002Z',
      ],
    ],
    [
      'statuses without times, oldest first',
      `${date}\nresolved: false`,
      '**Identified:** A.\n\n**Monitoring:** B.',
      [
        '01-02T19:00Z identified api=major_outage: A.',
        '01-02T19:00:00.001Z monitoring api=major_outage: B.',
        '10: has no time, and now follows the update before it, at 2025-01-02T19:00:00.001Z',
      ],
    ],
    [
      'an end without a time, newest first',
      `${date}\nresolved: true`,
      '**Resolved:** B.\n\n**Update:** A.',
      [
        '01-02T19:00Z investigating api=major_outage: **Update:** A.',
        '01-02T19:00:00.001Z resolved: B.',
        '8: has no time, and now follows the update before it, at 2025-01-02T19:00:00.001Z',
      ],
    ],
    [
      'an end without a time, oldest first',
      `${date}\nresolved: false`,
      '**Update:** A.\n\n**Resolved:** B.',
      [
        '01-02T19:00Z investigating api=major_outage: **Update:** A.',
        '01-02T19:00:00.001Z monitoring api=major_outage: **Resolved:** B.',
        '10: has no time, and now follows the update before it, at 2025-01-02T19:00:00.001Z',
        '10: sounds resolved, but the issue is not, so it became monitoring',
      ],
    ],
    [
      'times in no order',
      `${date}\nresolved: false`,
      'B. @02T20:00\n\nA. @02T19:00\n\nC. @02T21:00',
      [
        '01-02T19:00Z investigating api=major_outage: A.',
        '01-02T20:00Z investigating api=major_outage: B.',
        '01-02T21:00Z investigating api=major_outage: C.',
      ],
    ],
    [
      'texts above an end',
      `${date}\nresolved: true`,
      'Hello.\n\nMore.\n\n**Resolved:** A. @02T20:00',
      ['01-02T19:00Z investigating api=major_outage: Hello.  More.', '01-02T20:00Z resolved: A.'],
    ],
    [
      'a postmortem alone',
      `${date}\nresolved: false`,
      'Hello.\n\n**Postmortem:** A. @02T20:00',
      [
        '01-02T19:00Z investigating api=major_outage: Hello.',
        '01-02T20:00Z monitoring api=major_outage: **Postmortem:** A.',
        '10: sounds resolved, but the issue is not, so it became monitoring',
      ],
    ],
    [
      'an update without a time between others',
      `${date}\nresolved: false`,
      '**Monitoring:** C. @02T21:00\n\n**Update:** B.\n\n**Identified:** A. @02T19:00',
      [
        '01-02T19:00Z identified api=major_outage: A.',
        '01-02T19:00:00.001Z identified api=major_outage: **Update:** B.',
        '01-02T21:00Z monitoring api=major_outage: C.',
        '10: has no time, and now follows the update before it, at 2025-01-02T19:00:00.001Z',
      ],
    ],
  ])('an issue with %s has these updates, and a report on what was changed', (_, fields, body, expected) => {
    const made = plan(fields, bodyOf(body));
    const [incident] = siteOf(made).incidents;
    const [begun, first] = [incident?.startedAt ?? 0, incident?.updates[0].record.at];
    const began = begun === first ? [] : [`began ${shortUtc(begun).slice(5)}`];
    expect([...began, ...linesOf(made), ...made.notes.map((note) => note.replace('a.md:', ''))]).toEqual(expected);
  });

  it('reports how many times had no offset, if no time zone was given', () => {
    const text = (times: string): string =>
      `${times} read as UTC. If they are local, import into a new folder with --time-zone, as --time-zone Europe/Berlin`;
    const local = 'date: 2025-01-02 19:00\nresolved: ';
    expect(plan(`${local}false`, 'A.', null).notes).toEqual([text('1 time without an offset was')]);
    expect(
      plan(
        `${local}true\nresolvedWhen: 2025-01-02 20:00`,
        bodyOf('A. / Resolved: B.').replace('B.', 'B. {{< track "2025-01-02 20:00" >}}'),
        null,
      ).notes,
    ).toEqual([text('3 times without an offset were')]);
    expect(plan(`${local}false`, 'A.', 'Europe/Berlin').notes).toEqual([]);
  });

  it('takes an issue that was over at once as it is', () => {
    expect(linesOf(plan('date: 2025-01-02T19:00:00Z\nresolved: true', '**Resolved:** Done.'))).toEqual([
      '01-02T19:00Z resolved: Done.',
    ]);
  });

  it.each([
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00Z'],
    ['2024-04-26', 'Africa/Cairo', '2024-04-25T22:00Z'],
    ['2022-03-27', 'Asia/Beirut', '2022-03-26T22:00Z'],
    ['2024-03-10', 'America/Havana', '2024-03-10T05:00Z'],
    ['2024-11-03', 'America/Havana', '2024-11-03T04:00Z'],
  ])('the day %s in %s begins at its first minute', (date, zone, at) => {
    const [incident] = siteOf(plan(`date: ${date}\nresolved: false`, 'Jobs wait.', zone)).incidents;
    expect(shortUtc(incident?.startedAt ?? 0)).toBe(at);
  });

  it.each([
    ['2018-11-04 00:30:00', 'America/Sao_Paulo'],
    ['2024-03-31 02:30', 'Europe/Berlin'],
    ['2011-12-30', 'Pacific/Apia'],
  ])('%s in %s was skipped, and the error says so', (date, zone) => {
    expect(() => plan(`date: ${date}\nresolved: false`, 'Jobs wait.', zone)).toThrow(
      `a.md:5 date: "${date}" was skipped in ${zone}, where clocks were put forward. Write it with an offset, like 2018-04-13T15:54:00Z`,
    );
  });

  it('notes a track that was skipped', () => {
    const { notes } = plan(
      'date: 2024-03-31 01:00\nresolved: false',
      'Jobs wait. {{< track "2024-03-31 02:30" >}}',
      'Europe/Berlin',
    );
    expect(notes).toContain(
      'a.md:8: track "2024-03-31 02:30" was skipped in Europe/Berlin, where clocks were put forward, and was ignored',
    );
  });

  it.each([
    ['de', "The page's own words are in English"],
    ['pt-BR', "The page's own words are in English"],
  ])('never advises a locale that check rejects: %s', (language, advice) => {
    const text = `languageCode: ${language}\n${config.text}`;
    const issues = [{ path: 'a.md', text: '---\ntitle: x\ndate: 2025-01-01\nresolved: false\n---\nx\n' }];
    const { notes } = planCstate(
      { config: { ...config, text }, issues, notes: [] },
      { zone: 'UTC', now },
      noContent,
      'c',
    );
    expect(notes).toContain(`config.yml:1: the page's language, ${language}, was not imported. ${advice}`);
  });

  it('a configuration becomes settings and components, with a report', () => {
    const source = `title: " Acme  Status "
baseURL: https://status.acme.example
languageCode: de
theme: cstate
params:
  description: How we are.
  useLargeHeaders: false
  categories:
    - name: Core
      description: The core.
      closed: true
    - name: Other
    - name: Quiet
      untitled: yes
  systems:
    - name: api
      displayName: API
      category: Core
      description: For programs.
      link: https://api.example
      partial: half.html
    - name: api
    - name: " "
    - name: Web
      category: Gone
      histogram: false
    - name: Mail
      category: Quiet
      histogram: true
  customTabs:
    - name: Help
      link: https://help.example
`;
    const site = (text: string) => ({ config: { path: 'config.yml', text }, issues: [], notes: [] });
    const { files, notes } = planCstate(site(source), { zone: 'UTC', now }, noContent, 'c');
    const text = files.map((file) => file.text).join('');
    expect(text).toMatch(/^name: Acme Status\nurl: https:\/\/status\.acme\.example\ntime_zone: UTC\n/);
    expect(text).toContain(
      'components:\n  - id: web\n    name: Web\n  - id: mail\n    name: Mail\ngroups:\n  - name: Core\n    components:\n      - id: api\n        name: API\n        description: For programs.\n',
    );
    expect(notes).toEqual([
      'config.yml:9: category "Core": its description was not imported: The core.',
      'config.yml:9: category "Core" was folded up at first; here groups are always open',
      'config.yml:12: category "Other" has no system, and was not imported',
      'config.yml:16: system "api": its link was not imported: https://api.example',
      'config.yml:16: system "api": its partial was not imported: half.html',
      'config.yml:22: system "api" is listed twice, and was imported once',
      'config.yml:23: a system has no name, and was not imported',
      'config.yml:24: system "Web" is in the category "Gone", which is not listed; it has no group',
      'config.yml:24: system "Web" had no histogram; here the days of every component are shown',
      'config.yml:6: the description of the page was not imported',
      'config.yml:30: the tab "Help" was not imported. Put it below links: in site.yml: https://help.example',
      "config.yml:3: the page's language, de, was not imported. The page's own words are in English",
      'config.yml:5: settings of the look were not imported: useLargeHeaders',
      'config.yml:1: settings of Hugo were not imported: theme',
    ]);
    const refused: readonly (readonly [string, string])[] = [
      [
        'baseURL: https://a.example\nparams: { systems: [{ name: A }] }',
        'the configuration of the cState site has no title, and there is no site.yml yet. First run: npx halfpast init',
      ],
      [
        'title: A\nbaseURL: nope\nparams: { systems: [{ name: A }] }',
        'the configuration of the cState site has no baseURL that is a web address, and there is no site.yml yet. First run: npx halfpast init',
      ],
      [
        'title: A\nbaseURL: https://a.example',
        'the cState site has no system, and there is no components.yml yet. First run: npx halfpast init',
      ],
      [
        'title: [',
        'config.yml:1 is not YAML: Flow sequence in block collection must be sufficiently indented and end with a ]',
      ],
      ['- x', 'config.yml:1 holds no fields, such as title: API is down'],
    ];
    for (const [broken, line] of refused)
      expect(() => planCstate(site(broken), { zone: 'UTC', now }, noContent, 'c')).toThrow(new UserError(line));
  });

  it.each<[string, string, string[] | Record<string, unknown>]>([
    [
      'a/2025-01-02-x.md',
      'title: " A  b "\nresolved: false',
      {
        id: '2025-01-02-x',
        title: 'A b',
        notes: ['2: date is missing, and became the day in the name of the file, 2025-01-02'],
      },
    ],
    [
      'a/2025-13-02-x.md',
      'title: A',
      ['2 date: is missing. Add when the issue began, such as date: 2018-04-13T15:54:00Z'],
    ],
    [
      'a/x/index.md',
      'title: 5\ndate: 2025-01-02\naffected: API',
      {
        id: 'x',
        title: '5',
        affected: ['API'],
        localTimes: 1,
        notes: [
          "2: does not say whether it is resolved, and was imported as ongoing, as the issue's own page in cState has it",
        ],
      },
    ],
    [
      'index.md',
      'title: A\ndate: 2025-01-02T00:00Z\naffected: [API, 5, [x]]\nresolved: yes\nresolvedWhen: 2025-01-03\ntags: [x]\nfeatured: false\naliases: []',
      {
        id: 'index',
        affected: ['API', '5'],
        isResolved: true,
        localTimes: 1,
        notes: ['4: affected.2: ["x"] is not text. It was not imported', '7: tags: ["x"] was not imported'],
      },
    ],
    [
      'a.md',
      'title: A\ndate: 2025-03-01T00:00:00Z\nresolved: true',
      { isResolved: true, resolvedWhen: null, notes: [] },
    ],
    [
      'a.md',
      'title: A\ndate: 2025-03-01T00:00:01Z',
      [
        '3: begins in the future, at 2025-03-01T00:00:01.000Z. cState has no end of a window; to announce it: npx halfpast schedule, and was not imported',
      ],
    ],
    ['a.md', 'title: A\nDraft: yes', ['3: is a draft, which cState does not publish, and was not imported']],
    [
      'a.md',
      'title: A\ndate: 2025-01-01\nresolved: false\nresolvedWhen: soon\ninformational: x',
      {
        localTimes: 1,
        isInformational: false,
        resolvedWhen: null,
        notes: [
          '5: resolvedWhen: "soon" is not a time. Write it like 2018-04-13T15:54:00Z. It was not imported',
          '6: informational: "x" is neither true nor false. It was not imported',
        ],
      },
    ],
    [
      'a.md',
      'title: A\ndate: 2025-01-01\nresolvedWhen: 2025-01-02\ninformational: true',
      { localTimes: 2, isInformational: true, isResolved: false, notes: [] },
    ],
    [
      'a.md',
      'title: A\ndate: 2025-01-01\nresolved: false\nresolvedWhen: 2025-01-02',
      { isResolved: false, notes: ['5: has a resolvedWhen without resolved: true, and was imported as ongoing'] },
    ],
    [
      'a.md',
      'title: [A]\ndate: soon\nresolved: true\nresolvedWhen: soon\nseverity: x',
      [
        '2 title: ["A"] is not text',
        '3 date: "soon" is not a time. Write it like 2018-04-13T15:54:00Z',
        '5 resolvedWhen: "soon" is not a time. Write it like 2018-04-13T15:54:00Z',
        '6 severity: "x" is not a severity. Use one of: down, disrupted, notice.',
      ],
    ],
    [
      'a.md',
      'title: A\n\ndate: [',
      ['4 is not YAML: Flow sequence in block collection must be sufficiently indented and end with a ]'],
    ],
    ['a.md', 'date = 2025-01-01', ['2 title: is missing. Add what the issue is about']],
    ['a.md', 'date = ', ['2 is not TOML: Invalid TOML document: invalid value']],
  ])('the front matter of %s, %j, is read', (path, fields, expected) => {
    const short = (text: string): string => text.replace(`${path}:`, '');
    const fence = fields.includes(' = ') ? '+++' : '---';
    // As some editors on Windows save it.
    const text = `\uFEFF${fence} \n${fields}\n${fence}\nText.\n`.replaceAll('\n', '\r\n');
    const read = readIssue(path, text, 'UTC', now);
    if (read.kind === 'issue')
      expect({ ...read.issue, localTimes: read.localTimes, notes: read.notes.map(short) }).toMatchObject(expected);
    else expect((read.kind === 'skipped' ? [read.note] : read.problems).map(short)).toEqual(expected);
  });

  it('keeps braces in code as they are', () => {
    const body = 'Set it:\n\n    host: {{ name }}\n\nor {{ this }}.';
    expect(plan('date: 2025-01-02\nresolved: false', body).files.at(-1)?.text).toContain(
      'Set it:\n\n    host: {{ name }}\n\nor \\{\\{ this }}.',
    );
  });
});

describe('Statuspage', () => {
  const api = { id: 'c1', name: 'API' };
  type Affected = { readonly code?: string; readonly name?: string; readonly new_status?: string };
  const update = (at: string, status: string, affected: readonly Affected[] | null = null) => ({
    status,
    body: 'Text.',
    created_at: `2025-01-${at}:00Z`,
    affected_components: affected,
  });
  const set = (status: string): Affected[] => [{ code: 'c1', name: 'API', new_status: status }];
  const plan = (updates: readonly unknown[], listed: string): Plan => {
    const incident = {
      id: 'i',
      name: 'Slow',
      impact: 'minor',
      components: [{ ...api, status: listed }],
      incident_updates: updates,
    };
    const page = { name: 'Acme', url: 'https://status.acme.example', time_zone: 'UTC' };
    const notes: string[] = [];
    const note = (text: string): void => void notes.push(text);
    const { incidents } = readDump(JSON.stringify({ incidents: [incident] }), 'incidents', 'f', note);
    return planImport({ page, incidents, maintenances: [], components: [{ ...api }] }, noContent, 'c', notes);
  };

  const at = (time: string): string => `2025-01-02T${time.padEnd(8, ':00')}Z`;
  const posted = (time: string, status: string, more: object = {}) => ({
    id: `u${time.replaceAll(':', '')}`,
    status,
    body: 'Text.',
    created_at: at(time),
    ...more,
  });
  const states = (...set: readonly string[]) => ({
    affected_components: set.map((one) => {
      const [code = '', status] = one.split('=');
      return { code, name: code.toUpperCase(), new_status: status };
    }),
  });
  const slow = (updates: readonly object[], more: object = {}) => ({
    id: 'i',
    name: 'Slow',
    impact: 'minor',
    created_at: at('10:00'),
    incident_updates: updates.toReversed(),
    ...more,
  });
  const work = (updates: readonly object[], more: object = {}) => ({
    id: 'm',
    name: 'Work',
    created_at: at('10:00'),
    scheduled_for: at('11:00'),
    scheduled_until: at('12:00'),
    incident_updates: updates.toReversed(),
    ...more,
  });
  const page = { name: 'Acme', url: 'https://status.acme.example', time_zone: 'UTC' };
  type Lists = {
    readonly page?: typeof page;
    readonly incidents?: readonly object[];
    readonly maintenances?: readonly object[];
    readonly components?: readonly object[];
  };
  const imported = ({ incidents = [], maintenances = [], components = [api], ...given }: Lists): Plan => {
    const notes: string[] = [];
    const note = (text: string): void => void notes.push(text);
    const windows = JSON.stringify({ scheduled_maintenances: maintenances });
    return planImport(
      {
        page: given.page ?? page,
        incidents: readDump(JSON.stringify({ incidents }), 'incidents', 'f', note).incidents,
        maintenances: readDump(windows, 'scheduled_maintenances', 'f', note).scheduled_maintenances,
        components: readDump(JSON.stringify({ components }), 'components', 'f', note).components,
      },
      noContent,
      'c',
      notes,
    );
  };

  it.each<[string, Lists, string[]]>([
    ['an incident without updates', { incidents: [slow([])] }, ['incident i: not imported: it has no updates']],
    [
      'a start a minute before the first update',
      { incidents: [slow([posted('10:01', 'investigating')], { started_at: at('10:00') })] },
      [
        'Slow, from 10:00Z',
        '10:01Z investigating: Text.',
        '1 incident: created_at and started_at became the time of the first displayed update; the times of edits were not imported',
      ],
    ],
    [
      'a start seconds before the first update',
      {
        incidents: [slow([posted('10:01', 'investigating')], { started_at: at('10:00:01'), created_at: at('10:01') })],
      },
      [
        'Slow, from 10:01Z',
        '10:01Z investigating: Text.',
        '1 incident: created_at and started_at became the time of the first displayed update; the times of edits were not imported',
      ],
    ],
    [
      'a later edit, and an earlier creation',
      {
        incidents: [slow([posted('10:00', 'investigating', { updated_at: at('10:00:01') })])],
        maintenances: [work([posted('10:01', 'scheduled')])],
      },
      [
        'Slow, from 10:00Z',
        '10:00Z investigating: Text.',
        'Work, 11:00Z to 12:00Z',
        '10:01Z scheduled: Text.',
        '1 incident, 1 maintenance: created_at and started_at became the time of the first displayed update; the times of edits were not imported',
      ],
    ],
    [
      'a published postmortem, and components that stay down',
      {
        incidents: [
          slow(
            [
              posted('10:00', 'investigating'),
              posted('10:30', 'resolved', states('api=major_outage')),
              posted('11:00', 'postmortem', {
                body: ' Why. ',
                ...states('api=operational', 'web=degraded_performance'),
              }),
            ],
            { postmortem_body: 'Why.' },
          ),
        ],
      },
      [
        'Slow, from 10:00Z',
        '10:00Z investigating: Text.',
        '10:30Z resolved: Text.',
        '11:00Z resolved: Why.',
        'incident i: update u1030: not imported: api-2 stays in major_outage although the incident is resolved',
        'incident i: update u1100: the status postmortem became resolved',
        'incident i: update u1100: not imported: web stays in degraded_performance although the incident is resolved',
      ],
    ],
    [
      'an unpublished postmortem, and tweets',
      {
        incidents: [
          slow(
            [
              posted('10:00', 'investigating', { custom_tweet: 'Slow!' }),
              posted('10:30', 'resolved', { custom_tweet: ' ' }),
            ],
            { postmortem_body: 'Why.' },
          ),
        ],
        maintenances: [work([posted('10:00', 'scheduled', { custom_tweet: 'Work!' })], { postmortem_body: ' ' })],
      },
      [
        'Slow, from 10:00Z',
        '10:00Z investigating: Text.',
        '10:30Z resolved: Text.',
        'Work, 11:00Z to 12:00Z',
        '10:00Z scheduled: Text.',
        'incident i: postmortem_body is in no update, and was not imported. To publish it: npx halfpast postmortem',
        'incident i: update u1000: custom_tweet was not imported: Slow!',
        'maintenance m: update u1000: custom_tweet was not imported: Work!',
      ],
    ],
    [
      'updates of the same time',
      {
        incidents: [
          slow([
            posted('10:00', 'investigating', { body: 'A.' }),
            posted('10:00', 'identified', { body: 'B.' }),
            posted('10:00', 'monitoring', { body: 'C.', created_at: at('09:59'), display_at: at('10:00') }),
          ]),
        ],
      },
      [
        'Slow, from 10:00Z',
        '10:00Z monitoring: C.',
        '10:00:00.001Z investigating: A.',
        '10:00:00.002Z identified: B.',
        'incident i: update u1000: had the same time as another update, and was moved to 2025-01-02T100000.001Z',
        'incident i: update u1000: had the same time as another update, and was moved to 2025-01-02T100000.002Z',
      ],
    ],
    [
      'images, and no text',
      {
        incidents: [slow([posted('10:00', 'investigating', { body: '![x](a.png)' })])],
        maintenances: [
          work([posted('10:00', 'scheduled', { body: null }), posted('11:00', 'in_progress', { body: '![x](b.png)' })]),
        ],
      },
      [
        'Slow, from 10:00Z',
        '10:00Z investigating: [x](a.png)',
        'Work, 11:00Z to 12:00Z',
        '10:00Z scheduled: Scheduled.',
        '11:00Z in_progress: [x](b.png)',
        'incident i: update u1000: the image "a.png" became a link, because its https address is unknown',
        'maintenance m: update u1100: the image "b.png" became a link, because its https address is unknown',
        'maintenance m: update u1000: had no text, and got its status as text',
      ],
    ],
    [
      'a window without a length',
      { maintenances: [work([posted('10:00', 'scheduled')], { scheduled_until: at('11:00') })] },
      ['maintenance m: not imported: its window ends before it begins'],
    ],
    ['a window without updates', { maintenances: [work([])] }, ['maintenance m: not imported: it has no updates']],
    [
      'components in a window',
      {
        maintenances: [
          work(
            [
              posted('10:00', 'scheduled', states('api=operational')),
              posted('11:00', 'in_progress', states('api=under_maintenance', 'web=major_outage')),
              posted('11:30', 'verifying', states('api=under_maintenance', 'web=partial_outage')),
              posted('12:00', 'completed', states('api=operational', 'web=operational')),
            ],
            {
              components: [
                { id: 'mail', name: 'Mail' },
                { id: 'g', name: 'Group', group: true },
              ],
            },
          ),
        ],
      },
      [
        'Work, 11:00Z to 12:00Z',
        '10:00Z scheduled mail=under_maintenance api-2=under_maintenance web=major_outage: Text.',
        '11:00Z in_progress: Text.',
        '11:30Z verifying web=partial_outage: Text.',
        '12:00Z completed: Text.',
      ],
    ],
    [
      'updates of the same time in a window',
      {
        maintenances: [
          work([
            posted('10:00', 'scheduled'),
            posted('11:00', 'in_progress', { body: 'A.' }),
            posted('11:00', 'in_progress', { body: 'B.' }),
          ]),
        ],
      },
      [
        'Work, 11:00Z to 12:00Z',
        '10:00Z scheduled: Text.',
        '11:00Z in_progress: A.',
        '11:00:00.001Z in_progress: B.',
        'maintenance m: update u1100: had the same time as another update, and was moved to 2025-01-02T110000.001Z',
      ],
    ],
    [
      'a window that ended late',
      {
        maintenances: [
          work([
            posted('10:00', 'scheduled'),
            posted('11:00', 'in_progress'),
            posted('12:00', 'verifying'),
            posted('12:30', 'completed'),
          ]),
        ],
      },
      [
        'Work, 11:00Z to 12:30Z',
        '10:00Z scheduled: Text.',
        '11:00Z in_progress: Text.',
        '12:00Z verifying: Text.',
        '12:30Z completed: Text.',
        'maintenance m: update u1200: the work ran past its window, which was extended',
      ],
    ],
    [
      'a window that goes on',
      {
        maintenances: [
          work([posted('10:00', 'scheduled'), posted('11:00', 'in_progress'), posted('12:00', 'verifying')]),
        ],
      },
      [
        'Work, 11:00Z to 12:01Z',
        '10:00Z scheduled: Text.',
        '11:00Z in_progress: Text.',
        '12:00Z verifying: Text.',
        'maintenance m: update u1200: the work ran past its window, which was extended',
      ],
    ],
    [
      'a window that was completed twice',
      {
        maintenances: [
          work([
            posted('10:00', 'scheduled'),
            posted('11:00', 'in_progress'),
            posted('12:01', 'completed'),
            posted('13:01', 'completed'),
          ]),
        ],
      },
      [
        'Work, 11:00Z to 12:01Z',
        '10:00Z scheduled: Text.',
        '11:00Z in_progress: Text.',
        '12:01Z completed: Text.',
        '13:01Z completed: Text.',
        'maintenance m: update u1201: the work ran past its window, which was extended',
      ],
    ],
    [
      'a window that was completed within its last minute',
      {
        maintenances: [
          work([posted('10:00', 'scheduled'), posted('11:00', 'in_progress'), posted('12:00:59', 'completed')]),
        ],
      },
      ['Work, 11:00Z to 12:00Z', '10:00Z scheduled: Text.', '11:00Z in_progress: Text.', '12:00:59Z completed: Text.'],
    ],
    [
      'a window that was only completed',
      { maintenances: [work([posted('13:00', 'completed')])] },
      [
        'Work, 11:00Z to 12:00Z',
        '13:00Z completed: Text.',
        '1 maintenance: created_at and started_at became the time of the first displayed update; the times of edits were not imported',
      ],
    ],
    [
      'a window that did not begin',
      { maintenances: [work([posted('10:00', 'scheduled'), posted('12:10', 'scheduled')])] },
      ['Work, 11:00Z to 12:00Z', '10:00Z scheduled: Text.', '12:10Z scheduled: Text.'],
    ],
    [
      'components in trouble',
      {
        incidents: [
          slow([posted('10:00', 'investigating', states('api=major_outage'))], {
            components: [{ id: 'web', name: 'Web', status: 'degraded_performance' }],
          }),
          slow([posted('10:00', 'investigating', states('mail=major_outage')), posted('11:00', 'resolved')], {
            id: 'j',
            name: 'Over',
            components: [{ id: 'ftp', name: 'FTP' }],
          }),
        ],
        components: [
          { id: 'api', name: 'API', status: 'major_outage' },
          { id: 'web', name: 'Web', status: 'partial_outage' },
          { id: 'mail', name: 'Mail', status: 'major_outage' },
          { id: 'dns', status: 'partial_outage' },
          { id: 'ok', name: 'OK', status: 'operational' },
          { id: 'g', name: 'G', group: true, status: 'major_outage' },
          { id: 'ftp', name: 'FTP', group_id: 'g' },
        ],
      },
      [
        'Slow, from 10:00Z',
        '10:00Z investigating api=major_outage web=degraded_performance: Text.',
        'Over, from 10:00Z',
        '10:00Z investigating mail=major_outage: Text.',
        '11:00Z resolved: Text.',
        'component mail (Mail): not imported: it is major_outage without an open incident. If it still is, run: npx halfpast open --component mail=major_outage',
        'component dns (dns): not imported: it is partial_outage without an open incident. If it still is, run: npx halfpast open --component dns=partial_outage',
        '1 incident: components that no update mentions were not imported; Statuspage lists their status of today',
      ],
    ],
    [
      'no known time zone',
      { page: { ...page, time_zone: 'Berlin' } },
      ['the time zone "Berlin" is not an IANA name, so site.yml has UTC'],
    ],
  ])('a dump with %s becomes this, with a report', (_, lists, expected) => {
    const made = imported(lists);
    const { incidents, maintenances } = siteOf(made);
    const clock = (time: number): string => shortUtc(time).slice(11);
    const shown = (set: object | null): string =>
      Object.entries(set ?? {})
        .map(([id, state]) => ` ${id}=${String(state)}`)
        .join('');
    expect([
      ...incidents.flatMap(({ title, startedAt, updates }) => [
        `${title}, from ${clock(startedAt)}`,
        ...updates.map(
          ({ record, components }) => `${clock(record.at)} ${record.status}${shown(components)}: ${record.body.trim()}`,
        ),
      ]),
      ...maintenances.flatMap(({ title, window, updates }) => [
        `${title}, ${clock(window.from)} to ${clock(window.to)}`,
        ...updates.map(
          ({ record }) => `${clock(record.at)} ${record.status}${shown(record.components)}: ${record.body.trim()}`,
        ),
      ]),
      ...made.notes,
      ...(made.remarks ?? []),
    ]).toEqual(expected);
  });

  it('components have their groups in order, the newest of their names, and what is known of them', () => {
    const components = [
      { id: 'b', name: ' B  b', position: 2, group_id: 'g', description: ' x ' },
      { id: 'a', name: 'A', position: 1, only_show_if_degraded: true, showcase: true },
      { id: 'g', name: 'Gr  oup', group: true, position: 0 },
      { id: 'h', group: true, position: 3 },
      { id: 'k', name: 'Empty', group: true },
      {
        id: 'c',
        name: 'C',
        group_id: 'h',
        start_date: '2020-01-01',
        showcase: false,
        created_at: at('10:00'),
        updated_at: at('09:59'),
      },
      { id: 'd', group_id: 'none', position: 4, updated_at: at('10:00') },
      { id: 'e', position: 5, created_at: at('10:00'), updated_at: at('10:00') },
    ];
    const named = (code: string, name?: string) => ({ code, name, new_status: 'operational' });
    // The newest first, as Statuspage lists them.
    const incidents = [
      slow([posted('10:00', 'resolved', { affected_components: [named('d', 'Old D')] })], {
        components: [{ id: 'x', name: 'X' }, { id: 'y' }],
      }),
      slow([posted('11:00', 'resolved', { affected_components: [named('d', 'D'), named('x', 'New X'), named('y')] })], {
        id: 'j',
        created_at: at('11:00'),
        components: [{ id: 'x', description: 'Text' }],
      }),
    ];
    const { files, notes } = imported({ components, incidents: incidents.toReversed() });
    expect(files.find(({ path }) => path === 'components.yml')?.text).toBe(`components:
  - id: a
    name: A
  - id: d
    name: D
    changed: 2025-01-02T10:00Z
  - id: e
    name: e
    created: 2025-01-02T10:00Z
    changed: 2025-01-02T10:00Z
  - id: new-x
    name: New X
    description: Text
    retired: true
  - id: y
    name: y
    retired: true
groups:
  - name: Gr oup
    components:
      - id: b-b
        name: B b
        description: x
  - name: h
    components:
      - id: c
        name: C
        since: 2020-01-01
        showcase: false
        created: 2025-01-02T10:00Z
`);
    expect(notes).toEqual([
      'component a: it was shown only when degraded, and is now always shown',
      'group "Empty": not imported: it has no components',
    ]);
  });

  it('an image whose address is unknown becomes a link, in Markdown and in HTML', () => {
    const body = 'See ![The chart](chart.png) and <img alt="r" src="/rel.png">.';
    expect(linesOf(plan([{ ...update('02T10:00', 'investigating'), body }], 'operational'))).toEqual([
      '01-02T10:00Z investigating: See [The chart](chart.png) and <a href="/rel.png">/rel.png</a>.',
    ]);
  });

  it.each([
    [
      'over, worse today',
      [
        update('02T20:00', 'resolved', set('operational')),
        update('02T10:00', 'investigating', set('degraded_performance')),
      ],
      'major_outage',
      ['01-02T10:00Z investigating api=degraded_performance: Text.', '01-02T20:00Z resolved: Text.'],
    ],
    [
      'over, and not mentioned',
      [update('02T20:00', 'resolved'), update('02T10:00', 'investigating')],
      'major_outage',
      ['01-02T10:00Z investigating: Text.', '01-02T20:00Z resolved: Text.'],
    ],
    [
      'over with a postmortem',
      [update('03T20:00', 'postmortem'), update('02T20:00', 'resolved'), update('02T10:00', 'investigating')],
      'partial_outage',
      ['01-02T10:00Z investigating: Text.', '01-02T20:00Z resolved: Text.', '01-03T20:00Z resolved: Text.'],
    ],
    [
      'open, and not mentioned',
      [update('02T11:00', 'identified'), update('02T10:00', 'investigating')],
      'major_outage',
      ['01-02T10:00Z investigating api=major_outage: Text.', '01-02T11:00Z identified api=major_outage: Text.'],
    ],
    [
      'open, worse today',
      [update('02T11:00', 'identified'), update('02T10:00', 'investigating', set('degraded_performance'))],
      'major_outage',
      ['01-02T10:00Z investigating api=degraded_performance: Text.', '01-02T11:00Z identified api=major_outage: Text.'],
    ],
    [
      'open, better today',
      [update('02T10:00', 'investigating', set('major_outage'))],
      'operational',
      ['01-02T10:00Z investigating api=major_outage: Text.'],
    ],
    [
      'open during maintenance',
      [update('02T10:00', 'investigating')],
      'under_maintenance',
      ['01-02T10:00Z investigating: Text.'],
    ],
    [
      'reopened',
      [update('02T12:00', 'investigating'), update('02T11:00', 'resolved'), update('02T10:00', 'investigating')],
      'major_outage',
      [
        '01-02T10:00Z investigating api=major_outage: Text.',
        '01-02T11:00Z resolved: Text.',
        '01-02T12:00Z investigating: Text.',
      ],
    ],
  ])('an incident that is %s has the components of its time', (_, updates, listed, lines) => {
    expect(linesOf(plan(updates, listed))).toEqual(lines);
  });

  it.each([
    [{ name: 'No components were affected by this update.' }, 'code: is missing. affected_components.0'],
    [{ code: '', name: 'API', new_status: 'major_outage' }, 'code: is blank. affected_components.0'],
    [
      { code: 'c1', name: 'API' },
      'new_status: is missing. Use one of: operational, under_maintenance, degraded_performance, partial_outage, major_outage. affected_components.0',
    ],
    [
      { code: 'c1', name: 'API', new_status: 'down' },
      'new_status: "down" is not a component status. Use one of: operational, under_maintenance, degraded_performance, partial_outage, major_outage. affected_components.0',
    ],
  ])('leaves out and reports the entry %j', (entry, why) => {
    const { notes, counts } = plan([update('02T10:00', 'investigating', [entry])], 'operational');
    expect(counts.incident_updates).toBe(1);
    expect(notes).toEqual([`f: incidents.0.incident_updates.0.affected_components.0.${why} was not imported`]);
  });

  it('reports what is odd in the same way once, with how many there are', () => {
    const entry = { name: 'No components were affected by this update.' };
    const { notes } = plan(
      ['02T10:00', '02T11:00', '02T12:00'].map((at) => update(at, 'investigating', [entry])),
      'operational',
    );
    expect(notes).toEqual([expect.stringMatching(/ affected_components\.0 was not imported \(3 in all\)$/)]);
  });
});

describe('Upptime', () => {
  const config = readUpptimeConfig(
    'owner: a\nrepo: b\nsites:\n  - name: Shop\n    tags: [eu]\n  - name: Mail\n',
    '.upptimerc.yml',
    () => undefined,
  );
  const comment = '<!-- start: 2025-01-02T10:00:00Z end: 2025-01-02T11:00:00Z expectedDown: shop -->';
  const plan = (body: string): Plan => {
    const issue = {
      number: 1,
      title: 'Work',
      body,
      state: 'open',
      labels: ['maintenance'],
      created_at: '2025-01-01T00:00:00Z',
    };
    return planUpptime(
      savedIssues({ name: 'i', text: JSON.stringify([issue]) }, [], () => undefined),
      config,
      noContent,
      'c',
      [],
    );
  };

  it.each([
    [`${comment}\n\nNew disks.`, 'New disks.'],
    [`\`\`\`\n${comment}\n\`\`\`\n\nNew disks.`, 'New disks.'],
    [`New disks.\n\n\`\`\`md\n${comment}\n\`\`\``, 'New disks.'],
    [`~~~~\n${comment}\n~~~~\nNew disks.`, 'New disks.'],
    [`${comment}\nNew disks:\n\n\`\`\`\nsda\n\`\`\``, 'New disks:\n\n```\nsda\n```'],
  ])('no empty code block is left of the comment: %j', (body, text) => {
    expect(siteOf(plan(body)).maintenances[0]?.updates[0].record.body.trim()).toBe(text);
  });

  /** An issue that announces work between two times of the day. */
  const work = (from = '', to = '', more = 'expectedDown: shop') => ({
    title: 'Work',
    labels: ['maintenance'],
    body: `<!-- start: 2025-01-02T${from}Z end: 2025-01-02T${to}Z ${more} -->\n\nNew disks.`,
  });
  type Given = { readonly closed?: string; readonly [field: string]: unknown };
  it.each<[string, Given, string[], string[], (typeof config | null)?]>([
    [
      'a degraded site',
      { title: '⚠️ Shop  has degraded performance' },
      [],
      ['Shop has degraded performance (minor)', '10:00Z investigating shop=degraded_performance: It fails.'],
    ],
    [
      'another title',
      { title: '🛑 Shop fails' },
      [],
      [
        'Shop fails (major)',
        '10:00Z investigating shop=major_outage: It fails.',
        '#1: its title does not say how bad it was; as Upptime counts it, its sites were down',
      ],
    ],
    [
      'only a sign as its title',
      { title: '🛑' },
      [],
      [
        '🛑 (major)',
        '10:00Z investigating shop=major_outage: It fails.',
        '#1: its title does not say how bad it was; as Upptime counts it, its sites were down',
      ],
    ],
    [
      'a last comment just before it was closed',
      { closed: '11:00' },
      ['10:59:01 Works.'],
      ['Shop is down (major)', '10:00Z investigating shop=major_outage: It fails.', '10:59:01Z resolved: Works.'],
    ],
    [
      'a last comment a minute before it was closed',
      { closed: '11:00' },
      ['10:59 Works.'],
      [
        'Shop is down (major)',
        '10:00Z investigating shop=major_outage: It fails.',
        '10:59Z investigating shop=major_outage: Works.',
        '11:00Z resolved: Resolved.',
        '#1: was closed without saying that it is resolved; an update that does was added at 2025-01-02T11:00Z',
      ],
    ],
    [
      'a last comment with another status',
      { closed: '11:00' },
      ['10:59:01 **Identified:** X.'],
      [
        'Shop is down (major)',
        '10:00Z investigating shop=major_outage: It fails.',
        '10:59:01Z identified shop=major_outage: X.',
        '11:00Z resolved: Resolved.',
        '#1: was closed without saying that it is resolved; an update that does was added at 2025-01-02T11:00Z',
      ],
    ],
    [
      'an end at its beginning',
      { closed: '10:00' },
      [],
      [
        'Shop is down (major)',
        '10:00Z investigating shop=major_outage: It fails.',
        '10:00:00.001Z resolved: Resolved.',
        '#1: was closed without saying that it is resolved; an update that does was added at 2025-01-02T10:00Z',
        '#1: had the same time as another update, and was moved to 2025-01-02T100000.001Z',
      ],
    ],
    [
      'a comment after it was resolved, before it was closed',
      { closed: '11:00' },
      ['10:30 **Resolved:** Done.', '10:40 Thanks.'],
      [
        'Shop is down (major)',
        '10:00Z investigating shop=major_outage: It fails.',
        '10:30Z resolved: Done.',
        '10:40Z resolved: Thanks.',
        '#1 comment 1: follows an update that says resolved, while the issue was open until 2025-01-02T11:00Z; if the incident went on, change its status',
      ],
    ],
    [
      'comments after it was closed',
      { closed: '11:00' },
      ['10:30 **Fixed** Done.', '11:30 **Identified:** Why.', '12:00 **Postmortem** A cable.'],
      [
        'Shop is down (major)',
        '10:00Z investigating shop=major_outage: It fails.',
        '10:30Z resolved: **Fixed** Done.',
        '11:30Z resolved: **Identified:** Why.',
        '12:00Z resolved: **Postmortem** A cable.',
      ],
    ],
    [
      'an end in words, but is open',
      {},
      ['10:30 **Resolved:** Done.', '10:40 Thanks.'],
      [
        'Shop is down (major)',
        '10:00Z investigating shop=major_outage: It fails.',
        '10:30Z monitoring shop=major_outage: **Resolved:** Done.',
        '10:40Z monitoring shop=major_outage: Thanks.',
        '#1 comment 0: says that it is resolved, but the issue is open, so it became monitoring',
        '#1 comment 1: says that it is resolved, but the issue is open, so it became monitoring',
      ],
    ],
    [
      'an end that did not last',
      {},
      ['10:30 *Resolved*', '10:40 **Investigating** Again.', '10:50 See ![a](b.png)'],
      [
        'Shop is down (major)',
        '10:00Z investigating shop=major_outage: It fails.',
        '10:30Z resolved: *Resolved*',
        '10:40Z investigating: Again.',
        '10:50Z investigating: See [a](b.png)',
        '#1 comment 2: the image "b.png" became a link, because its https address is unknown',
      ],
    ],
    [
      'a window',
      work('11:00', '12:00', 'expectedDown: shop, mail\nexpectedDegraded: shop'),
      ['10:30 Soon.', '11:00 Now.', '11:59 Still.', '12:00 Over.', '12:30 Thanks.'],
      [
        'Work (11:00Z to 12:00Z shop=under_maintenance mail=under_maintenance)',
        '10:00Z scheduled: New disks.',
        '10:30Z scheduled: Soon.',
        '11:00Z in_progress: Now.',
        '11:59Z in_progress: Still.',
        '12:00Z completed: Over.',
        '12:30Z completed: Thanks.',
      ],
    ],
    [
      'a window of an unknown site',
      work('11:00', '12:00', 'expectedDegraded: old-thing'),
      [],
      [
        'Work (11:00Z to 12:00Z old-thing=under_maintenance)',
        '10:00Z scheduled: New disks.',
        '"old-thing" is no longer a site in the configuration, and became a retired component',
      ],
    ],
    [
      'the label of a window alone',
      { ...work(), body: 'x' },
      [],
      ['#1: is a maintenance that has no HTML comment that says when, and was not imported'],
    ],
    [
      'a window without a start',
      { ...work(), body: '<!-- end: 2025-01-02 -->' },
      [],
      ['#1: is a maintenance that has no start that is a time in its HTML comment, and was not imported'],
    ],
    [
      'a window without an end',
      { ...work(), body: '<!-- start: 2025-01-02 -->' },
      [],
      ['#1: is a maintenance that has no end that is a time in its HTML comment, and was not imported'],
    ],
    [
      'a window without a length',
      work('11:00', '11:00'),
      [],
      ['#1: is a maintenance that has a window that does not end after it begins, and was not imported'],
    ],
    [
      'a cancelled window',
      { ...work('11:00', '12:00'), closed: '10:30' },
      ['10:15 Hm.', '10:45 Sorry.'],
      [
        'Work (11:00Z to 12:00Z shop=under_maintenance)',
        '10:00Z scheduled: New disks.',
        '10:15Z scheduled: Hm.',
        '10:30Z completed: Cancelled.',
        '10:45Z completed: Sorry.',
        '#1: was closed before its window began; an update that says so was added at 2025-01-02T10:30Z',
      ],
    ],
    [
      'a window that was closed at its beginning',
      { ...work('11:00', '12:00'), closed: '11:00' },
      [],
      [
        'Work (11:00Z to 12:00Z shop=under_maintenance)',
        '10:00Z scheduled: New disks.',
        '11:00Z completed: Completed.',
        '#1: was closed before its window ended; an update that says so was added at 2025-01-02T11:00Z',
      ],
    ],
    [
      'a window that ended early',
      { ...work('11:00', '12:00'), closed: '11:30' },
      ['11:30 Works.'],
      [
        'Work (11:00Z to 12:00Z shop=under_maintenance)',
        '10:00Z scheduled: New disks.',
        '11:30Z in_progress: Works.',
        '11:30:00.001Z completed: Completed.',
        '#1: was closed before its window ended; an update that says so was added at 2025-01-02T11:30Z',
        '#1: had the same time as another update, and was moved to 2025-01-02T113000.001Z',
      ],
    ],
    [
      'a window that ended late',
      { ...work('11:00', '12:00'), closed: '13:00' },
      ['12:00 Still.', '13:30 Thanks.'],
      [
        'Work (11:00Z to 13:00Z shop=under_maintenance)',
        '10:00Z scheduled: New disks.',
        '12:00Z in_progress: Still.',
        '13:00Z completed: Completed.',
        '13:30Z completed: Thanks.',
        '#1: was closed after its window ended; an update that says so was added at 2025-01-02T13:00Z',
        '#1 comment 0: the work ran past its window, which was extended',
      ],
    ],
    [
      'a window that ended late with a comment',
      { ...work('11:00', '12:00'), closed: '13:00' },
      ['12:30 Still.', '12:59:01 Works.'],
      [
        'Work (11:00Z to 12:59:01Z shop=under_maintenance)',
        '10:00Z scheduled: New disks.',
        '12:30Z in_progress: Still.',
        '12:59:01Z completed: Works.',
        '#1 comment 0: the work ran past its window, which was extended',
      ],
    ],
    [
      'a window that ended late with a status',
      { ...work('11:00', '12:00'), closed: '13:00' },
      ['12:30 **Resolved** Works.'],
      [
        'Work (11:00Z to 12:30Z shop=under_maintenance)',
        '10:00Z scheduled: New disks.',
        '12:30Z completed: **Resolved** Works.',
        '#1 comment 0: the work ran past its window, which was extended',
      ],
    ],
    [
      'a window that was closed late',
      { ...work('11:00', '12:00'), closed: '13:00' },
      ['11:30 At it.'],
      ['Work (11:00Z to 12:00Z shop=under_maintenance)', '10:00Z scheduled: New disks.', '11:30Z in_progress: At it.'],
    ],
    [
      'a window that was closed within its last minute',
      { ...work('11:00', '12:00'), closed: '12:00:59' },
      ['12:00 Done.'],
      ['Work (11:00Z to 12:00Z shop=under_maintenance)', '10:00Z scheduled: New disks.', '12:00Z completed: Done.'],
    ],
    ['a pull request', { pull_request: {} }, [], ['#1: is a pull request, and was not imported']],
    ['no label', { labels: [] }, [], ['#1: has no label, and was not imported']],
    [
      'other labels',
      { labels: ['bug', 'help'] },
      [],
      ['#1: has neither the label status nor maintenance, but bug, help, and was not imported'],
    ],
    [
      'only a tag',
      { labels: ['Status', 'eu'] },
      [],
      ['Shop is down (major)', '10:00Z investigating: It fails.', '#1: names no site, and affects no component'],
    ],
    [
      'a label that is no site',
      { labels: ['status', 'shop', 'urgent'] },
      [],
      [
        'Shop is down (major)',
        '10:00Z investigating shop=major_outage: It fails.',
        '#1: the label "urgent" is not a site, and was not imported',
      ],
    ],
    [
      'two sites',
      { labels: ['status', 'shop', 'mail'], title: 'Both are degraded' },
      [],
      [
        'Both are degraded (minor)',
        '10:00Z investigating shop=degraded_performance mail=degraded_performance: It fails.',
        '#1: nothing says which of its labels is the site; all became components: shop, mail',
      ],
    ],
    [
      'a former site and another one',
      { labels: ['status', 'Old thing', 'mail'], title: 'Old Thing is down' },
      [],
      [
        'Old Thing is down (major)',
        '10:00Z investigating mail=major_outage old-thing=major_outage: It fails.',
        '"Old Thing" is no longer a site in the configuration, and became a retired component',
      ],
    ],
    [
      'a site that only the title confirms',
      { labels: ['status', 'A & B', 'x'], title: 'a and b is down' },
      [],
      [
        'a and b is down (major)',
        '10:00Z investigating a-b=major_outage: It fails.',
        '#1: the label "x" is not a site, and was not imported',
      ],
      null,
    ],
    [
      'labels that nothing explains',
      { labels: ['status', 'A & B', 'x'], title: 'Down' },
      [],
      [
        'Down (major)',
        '10:00Z investigating a-b=major_outage x=major_outage: It fails.',
        '#1: nothing says which of its labels is the site; all became components: A & B, x',
        '#1: its title does not say how bad it was; as Upptime counts it, its sites were down',
      ],
      null,
    ],
  ])('an issue with %s becomes this, with a report', (_, { closed, ...given }, said, expected, configured = config) => {
    const at = (time: string): string => `2025-01-02T${time.padEnd(8, ':00')}Z`;
    const issue = {
      number: 1,
      title: 'Shop is down',
      body: 'It fails.',
      state: closed === undefined ? 'open' : 'closed',
      labels: ['status', 'shop'],
      created_at: at('10:00'),
      closed_at: closed === undefined ? null : at(closed),
      ...given,
    };
    const comments = said.map((text, id) => {
      const [time = '', ...words] = text.split(' ');
      return { id, issue_url: 'x/1', created_at: at(time), body: words.join(' ') };
    });
    const notes: string[] = [];
    const file = { name: 'c', text: JSON.stringify(comments) };
    const placed = savedIssues({ name: 'i', text: JSON.stringify([issue]) }, [file], (text) => void notes.push(text));
    const settings = { path: 'site.yml', text: 'name: Mine\nurl: https://mine.example\ntime_zone: UTC\n' };
    const bytes = new TextEncoder().encode(settings.text);
    const tree = { ...noContent, files: configured === null ? [{ path: settings.path, bytes }] : [] };
    const made = planUpptime(placed, configured, tree, 'c', notes);
    const { incidents, maintenances } = siteOf(
      configured === null ? { ...made, files: [settings, ...made.files] } : made,
    );
    const clock = (time: number): string => shortUtc(time).slice(11);
    const states = (set: object): string =>
      Object.entries(set)
        .map(([id, state]) => ` ${id}=${String(state)}`)
        .join('');
    expect([
      ...incidents.map(({ title, impact }) => `${title} (${impact})`),
      ...incidents.flatMap(({ updates }) =>
        updates.map(
          ({ record, components }) =>
            `${clock(record.at)} ${record.status}${states(components)}: ${record.body.trim()}`,
        ),
      ),
      ...maintenances.map(
        ({ title, window, components }) =>
          `${title} (${clock(window.from)} to ${clock(window.to)}${states(components)})`,
      ),
      ...maintenances.flatMap(({ updates }) =>
        updates.map(({ record }) => `${clock(record.at)} ${record.status}: ${record.body.trim()}`),
      ),
      ...made.notes.map((text) => text.replace('i: 0 (#1)', '#1')),
    ]).toEqual(expected);
  });
});

it.each([
  ['*Resolved* - All is well.', 'resolved', 'All is well.'],
  ['***Fixed*** — x', 'resolved', 'x'],
  ['_Root-cause analysis_:- x', 'postmortem', 'x'],
  ['**Resolved :** x', 'resolved', 'x'],
  ['*Resolved* -x', 'resolved', '-x'],
  ['**Fix implemented**\n\nx', 'monitoring', 'x'],
  ['__Update__', null, ''],
])('%j begins with a status word', (text, status, rest) => {
  expect(statusWord(text)).toMatchObject({ status, rest });
});

it.each(['**constructor** x', '*a* x', '**Fix\nimplemented** x', '*Resolved_ x', 'Resolved: x'])(
  '%j begins with none',
  (text) => {
    expect(statusWord(text)).toBeNull();
  },
);

it.each([
  ['![a]( <x.png>  "T" )', '![a](https://a.example/x.png  "T")', '[a](x.png  "T")'],
  ['![](x.png)', '![](https://a.example/x.png)', '[x.png](x.png)'],
  ['![a](https://x.example/a.png "T")', null, null],
  ['![a](http://x.example/a.png)', '[a](http://x.example/a.png)', '[a](http://x.example/a.png)'],
  ['<img alt=a src=x.png width=1>', '<img alt=a src=https://a.example/x.png width=1>', '<a href="x.png">x.png</a>'],
  ["<img src='https://x.example/a.png'>", null, null],
  ['<IMG\nSRC = "/x.png" />', '<IMG\nSRC = "https://a.example/x.png" />', '<a href="/x.png">/x.png</a>'],
])('the image %j has its whole address, or is a link', (text, known, unknown) => {
  const notes: string[] = [];
  const note = (line: string): void => void notes.push(line);
  expect(absoluteImages(text, 'https://a.example', note)).toBe(known ?? text);
  expect(absoluteImages(text, null, note)).toBe(unknown ?? text);
  expect(notes).toHaveLength(known === null ? 0 : 2);
});

it('no importer writes when something was posted', () => {
  // Only Halfpast's own commands know that. With it, feeds would take an imported history for news.
  const issue = { path: 'a.md', text: '---\ntitle: x\ndate: 2020-01-01\nresolved: false\n---\nx\n' };
  const { files } = planCstate(
    {
      config: {
        path: 'config.yml',
        text: 'title: A\nbaseURL: https://a.example\nparams:\n  systems:\n    - name: API\n',
      },
      issues: [issue],
      notes: [],
    },
    { zone: 'UTC', now },
    noContent,
    'c',
  );
  expect(files.map(({ text }) => text).join('\n')).not.toContain('posted:');
});

it('a folder without files is free to use', () => {
  const config = {
    path: 'config.yml',
    text: 'title: A\nbaseURL: https://a.example\nparams:\n  systems:\n    - name: API\n',
  };
  const issues = [{ path: 'a.md', text: '---\ntitle: x\ndate: 2020-01-01\nresolved: false\n---\nx\n' }];
  const left = { ...noContent, folders: ['incidents', 'incidents/2020-01-01-x'] };
  const { files } = planCstate({ config, issues, notes: [] }, { zone: 'UTC', now }, left, 'c');
  expect(files.at(-1)?.path).toBe('incidents/2020-01-01-x/2020-01-01T0000Z.md');
});
