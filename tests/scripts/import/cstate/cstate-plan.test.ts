import { describe, expect, it } from 'vitest';
import { UserError } from '../../../../scripts/cli/errors.ts';
import { planCstate } from '../../../../scripts/import/cstate-plan.ts';
import { readIssue } from '../../../../scripts/import/cstate-read.ts';
import type { Plan } from '../../../../scripts/import/plan.ts';
import { shortUtc } from '../../../../src/lib/schema/time-fields.ts';
import { linesOf, noContent, now, siteOf } from '../imported.ts';

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
        "7: resolvedWhen 2025-01-03T09:10Z differs from the update that says so, 2025-01-03T09:11Z; the update's time was kept",
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
        '7: date 2025-01-01T19:00Z and resolvedWhen 2025-01-01T20:00Z are before the first update, 2025-01-02T19:00Z; the times of the updates were kept',
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
        '6: is resolved, but does not say when; an update that says so was added after the last one, at 2025-01-02T20:00:00.001Z',
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
        '6: is informational, and became a resolved incident without impact',
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
        '6: " api" was imported as the system "API"',
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
      ['01-02T19:00Z resolved: A.', '4: names API, but only says that it is over; what was affected was not imported'],
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
        "7: resolvedWhen 2025-01-03T09:10Z differs from the update that says so, 2025-01-03T10:00:00.001Z; the update's time was kept",
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
      'an update one minute after it was resolved',
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
        '6: is resolved, but does not say when; an update that says so was added after the last one, at 2025-01-02T20:00:00.001Z',
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
        '8: is informational, and became a resolved incident without impact',
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
        '6: is informational, and became a resolved incident without impact',
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
        '5: is informational, and became a resolved incident without impact',
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
        '6: names API, Mail, but only says that it is over; what was affected was not imported',
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
      `${times} read as UTC. If they are local, import into a new folder with --time-zone, such as --time-zone Europe/Berlin`;
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

  it('keeps an issue that was resolved immediately', () => {
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

  const twice = (what: string, at: string, other: string): string =>
    `${what} occurs twice in Europe/Berlin, where clocks were put back, and was imported as 2024-10-27T${at}Z, not 2024-10-27T${other}Z. If that's wrong, write it with an offset, and import into a new folder`;
  const firstHour = twice('5: date "2024-10-27 02:30:00"', '00:30', '01:30');

  it.each([
    [
      'all in the first hour',
      'date: 2024-10-27 02:30:00\nresolved: true\nresolvedWhen: 2024-10-27 03:30:00',
      '**Investigating:** A.\n\n**Identified:** B. {{< track "2024-10-27 02:45:00" >}}\n\n**Resolved:** C.',
      ['10-27T00:30Z', '10-27T00:45Z', '10-27T02:30Z'],
      [firstHour, twice('11: track "2024-10-27 02:45:00"', '00:45', '01:45')],
    ],
    [
      'a track and an end that are earlier on the clock than the beginning',
      'date: 2024-10-27 02:30:00\nresolved: true\nresolvedWhen: 2024-10-27 02:20:00',
      '**Investigating:** A.\n\n**Identified:** B. {{< track "2024-10-27 02:10" >}}\n\n**Resolved:** C.',
      ['10-27T00:30Z', '10-27T01:10Z', '10-27T01:20Z'],
      [
        firstHour,
        twice('7: resolvedWhen "2024-10-27 02:20:00"', '01:20', '00:20'),
        twice('11: track "2024-10-27 02:10"', '01:10', '00:10'),
      ],
    ],
    [
      'an end that is not imported',
      'date: 2024-10-27 01:30\nresolved: false\nresolvedWhen: 2024-10-27 02:20:00',
      'A.',
      ['10-26T23:30Z'],
      ['7: has a resolvedWhen without resolved: true, and was imported as ongoing'],
    ],
    ['an offset', 'date: 2024-10-27 02:30 +01:00\nresolved: false', 'A.', ['10-27T01:30Z'], []],
    ['a day', 'date: 2024-10-27\nresolved: false', 'A.', ['10-26T22:00Z'], []],
  ])('in the hour that clocks show twice, imports and notes %s', (_, fields, body, times, notes) => {
    const made = plan(fields, body, 'Europe/Berlin');
    expect(linesOf(made).map((line) => line.split(' ')[0])).toEqual(times);
    expect(made.notes).toEqual(notes.map((note) => `a.md:${note}`));
  });

  it.each([
    ['de', 'To use it, set locale: de in site.yml'],
    ['pt-BR', 'To use it, set locale: pt-BR in site.yml'],
    ['la', 'Halfpast has no translation for it'],
    ['pt-PT', 'Halfpast has no translation for it'],
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
      'config.yml:9: category "Core": its setting "closed" was not imported; groups here open by themselves when affected',
      'config.yml:12: category "Other" has no system, and was not imported',
      'config.yml:16: system "api": its link was not imported: https://api.example',
      'config.yml:16: system "api": its partial was not imported: half.html',
      'config.yml:22: system "api" is listed twice, and was imported once',
      'config.yml:23: a system has no name, and was not imported',
      'config.yml:24: system "Web" is in the category "Gone", which is not listed; it has no group',
      'config.yml:24: system "Web" had no histogram; to hide its days, set showcase: false in components.yml',
      'config.yml:6: the description of the page was not imported',
      'config.yml:30: the tab "Help" was not imported. Add it to links: in site.yml: https://help.example',
      "config.yml:3: the page's language, de, was not imported. To use it, set locale: de in site.yml",
      'config.yml:5: design settings were not imported: useLargeHeaders',
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
      ['- x', 'config.yml:1 has no fields, such as title: API is down'],
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
    const [notes, problems]: [string[], string[]] = [[], []];
    let localTimes = 0;
    const local = (): void => void (localTimes += 1);
    const context = { timeZone: 'UTC', now, note: (note: string) => void notes.push(short(note)), local };
    const issue = readIssue({ path, text }, context, (problem) => void problems.push(short(problem)));
    if (issue !== null) expect({ ...issue, localTimes, notes }).toMatchObject(expected);
    else expect(problems.length === 0 ? notes : problems).toEqual(expected);
  });

  it('keeps braces in code as they are', () => {
    const body = 'Set it:\n\n    host: {{ name }}\n\nor {{ this }}.';
    expect(plan('date: 2025-01-02\nresolved: false', body).files.at(-1)?.text).toContain(
      'Set it:\n\n    host: {{ name }}\n\nor \\{\\{ this }}.',
    );
  });
});

const site = {
  config: {
    path: 'config.yml',
    text: 'title: A\nbaseURL: https://a.example\nparams:\n  systems:\n    - name: API\n',
  },
  issues: [{ path: 'a.md', text: '---\ntitle: x\ndate: 2020-01-01\nresolved: false\n---\nx\n' }],
  notes: [],
};

it('no importer writes when something was posted', () => {
  // Only Halfpast's own commands know that. With it, feeds would take an imported history for news.
  const { files } = planCstate(site, { zone: 'UTC', now }, noContent, 'c');
  expect(files.map(({ text }) => text).join('\n')).not.toContain('posted:');
});

it('a folder without files is free to use', () => {
  const left = { ...noContent, folders: ['incidents', 'incidents/2020-01-01-x'] };
  const { files } = planCstate(site, { zone: 'UTC', now }, left, 'c');
  expect(files.at(-1)?.path).toBe('incidents/2020-01-01-x/2020-01-01T0000Z.md');
});
