import { expect, it, describe } from 'vitest';
import { owedReminders, postmortemDrafts } from '../../../../scripts/publish/remind/owed.ts';
import type { Reminder } from '../../../../scripts/publish/remind/reminder.ts';
import type { Site } from '../../../../src/lib/domain/site.ts';
import { siteOf } from '../guard/snapshot-of.ts';

const slug = '2026-11-22-slow';

function siteAt(time: string, files: Readonly<Record<string, string>>, settings = ''): Site {
  const site = siteOf(
    new Map([
      ['site.yml', `name: Example\nurl: https://status.example.com\ntime_zone: UTC\n${settings}`],
      ['components.yml', 'components:\n  - id: api\n    name: API\n'],
      ...Object.entries(files),
    ]),
    Date.parse(time),
  );
  if (site === null) throw new Error('not faultless');
  return site;
}

/** An incident of an hour, with fields of its first and last update. */
const over = (first: string, last = ''): Record<string, string> => ({
  [`incidents/${slug}/2026-11-22T1400Z.md`]: `---\ntitle: Slow *API*\nstatus: investigating\n${first}---\nText.\n`,
  [`incidents/${slug}/2026-11-22T1500Z.md`]: `---\nstatus: resolved\n${last}---\nText.\n`,
});

const postmortem = (fields: string): Record<string, string> => ({
  [`postmortems/${slug}.md`]: `---\ntitle: Why\npublished: 2026-11-23T10:00Z\nauthors: [Kim]\nsummary: S\ncustomer_data: unaffected\n${fields}---\nText.\n`,
});

const link = `[Slow \\*API\\*](https://status.example.com/incidents/${slug}/)`;
const comms = { stage: 'comms', name: 'Priya', mention: '@priya-k' };
const of = { person: 'Priya', login: 'priya-k', answer: null };
const people = 'people:\n  Priya: priya-k\n';
const command = (rest: string): string => `npx halfpast ${rest}`;
const fenced = (text: string): string => `\`\`\`\n${text}\n\`\`\``;

const verdict = command(`update ${slug} --status resolved --customer-data VERDICT --push`);
const remedied = command(`update ${slug} --status resolved --remedied 2026-12-11 --push`);

describe('a reminder has everything about', () => {
  it.each<[string, string, Readonly<Record<string, string>>, object]>([
    [
      'a review of customer data',
      '2026-11-23T15:00Z',
      over('impact: minor\ncomms: Priya\n', 'customer_data: under_review\n'),
      {
        ...of,
        about: `review:${slug}`,
        title: 'Settle whether customer data is safe: Slow *API*',
        body: `For @priya-k. ${link} is resolved, and its customers don't know yet whether their data is safe.\n\nTo tell them:\n\n${fenced(verdict)}\n\nThis issue closes when an update says that customer data is unaffected or affected.`,
        lapses: [
          {
            key: 'review:1',
            to: comms,
            text: 'Customer data has been under review since the incident was resolved on 22 November 2026, 15:00 UTC. Say what you found, or how long it will take.',
            markdown:
              'Customer data has been under review since the incident was resolved on **22 November 2026, 15:00 UTC**. Say what you found, or how long it will take.',
          },
        ],
        answer: { link: null, command: verdict },
      },
    ],
    [
      'a postmortem',
      '2026-12-11T10:00Z',
      over('impact: major\ncomms: Priya\ncustomer_data: unaffected\n'),
      {
        ...of,
        about: `postmortem:${slug}`,
        title: 'Publish the postmortem: Slow *API*',
        body: `For @priya-k. ${link} was resolved on 22 November 2026, 15:00 UTC.\n\nTo draft it, run the command below. To publish it, replace \`draft: true\` with \`published:\` and the time:\n\n${fenced(command(`postmortem ${slug}`))}\n\nThis issue closes when it is published.`,
        lapses: [
          {
            key: 'due:2026-11-29T15:00:00.000Z',
            to: comms,
            text: 'A postmortem was due by 29 November 2026.',
            markdown: 'A postmortem was due by **29 November 2026**.',
          },
        ],
      },
    ],
    [
      'a remedy that customers could claim',
      '2026-12-11T10:00Z',
      over('impact: minor\ncomms: Priya\n', 'remedy: A *refund*.\nclaim: Write to us.\nclaim_until: 2026-12-10\n'),
      {
        ...of,
        about: `remedy:${slug}`,
        title: 'Make it right: Slow *API*',
        body: `For @priya-k. Customers were promised this after ${link}: A \\*refund\\*.\n\nTo tell customers, run the command below:\n\n${fenced(remedied)}\n\nThis issue closes when the content says that they've received it.`,
        lapses: [
          {
            key: 'remedy:2026-12-10',
            to: comms,
            text: 'Customers could claim the remedy until 10 December 2026. Has everyone who claimed it received it?',
            markdown:
              'Customers could claim the remedy until **10 December 2026**. Has everyone who claimed it received it?',
          },
        ],
      },
    ],
    [
      'a remedy that the postmortem repeats without saying whether customers have it',
      '2026-12-11T10:00Z',
      {
        ...over('impact: minor\ncomms: Priya\n', 'remedy: A refund.\nclaim_until: 2026-12-10\n'),
        ...postmortem('remedy: A refund.\nclaim_until: 2026-12-10\n'),
      },
      {
        ...of,
        about: `remedy:${slug}`,
        title: 'Make it right: Slow *API*',
        body: expect.stringContaining(fenced(remedied)) as string,
        lapses: [expect.objectContaining({ key: 'remedy:2026-12-10' })],
      },
    ],
    [
      'a remedy in a postmortem',
      '2026-12-11T10:00Z',
      { ...over('impact: minor\ncomms: Priya\n'), ...postmortem('remedy: A refund.\nremedied: pending\n') },
      {
        ...of,
        about: `remedy:${slug}`,
        title: 'Make it right: Slow *API*',
        body: `For @priya-k. Customers were promised this after ${link}: A refund.\n\nTo tell customers, run the command below:\n\n${fenced(`npx halfpast update ${slug} --status resolved --remedy "A refund." --remedied 2026-12-11 --push`)}\n\nThis issue closes when the content says that they've received it.`,
        lapses: [
          {
            key: 'remedy:2026-11-29',
            to: comms,
            text: 'The remedy was due by 29 November 2026. Has every customer received it?',
            markdown: 'The remedy was due by **29 November 2026**. Has every customer received it?',
          },
        ],
      },
    ],
    [
      'actions of a postmortem',
      '2026-12-11T10:00Z',
      {
        ...over('impact: minor\n'),
        ...postmortem(
          'actions:\n  - what: Measure *it*\n    owner: Priya\n    due: 2026-12-10\n  - what: Test\n    owner: Tom\n    due: 2026-12-09\n  - what: Later\n    owner: Tom\n    due: 2026-12-11\n',
        ),
      },
      {
        ...of,
        about: `actions:${slug}`,
        title: 'Overdue after: Why',
        body: `These were promised in [Why](https://status.example.com/postmortems/${slug}/). When one is done, add the date as \`done:\` in \`postmortems/${slug}.md\`. If it will be later, change its \`due:\`.\n\nThis issue closes when none is overdue.`,
        lapses: [
          {
            key: 'action:2026-12-10:b6e51aea4f8d',
            to: comms,
            text: 'Measure *it* was due on 2026-12-10: @priya-k',
            markdown: '- **Measure \\*it\\*** was due on 2026-12-10: @priya-k',
            isItem: true,
          },
          {
            key: 'action:2026-12-09:b254686e3240',
            to: { stage: 'comms', name: 'Tom', mention: 'Tom' },
            text: 'Test was due on 2026-12-09: Tom',
            markdown: '- **Test** was due on 2026-12-09: Tom',
            isItem: true,
          },
        ],
      },
    ],
  ])('%s', (_, time, files, expected) => {
    expect(owedReminders(siteAt(time, files, people))).toEqual([expected]);
  });
});

const keys = (site: Site): string[] =>
  owedReminders(site).flatMap(({ about, lapses }: Reminder) => [about, ...lapses.map(({ key }) => key)]);

describe('a reminder that would be too late to help', () => {
  const both = over('impact: major\n', 'customer_data: under_review\nremedy: A refund.\nremedied: pending\n');
  const abouts = [`review:${slug}`, `postmortem:${slug}`, `remedy:${slug}`] as const;

  it('has no lapses after 90 days, so that it isn’t sent to anyone else', () => {
    expect(keys(siteAt('2027-02-20T14:59Z', both))).toEqual([
      abouts[0],
      'review:84',
      abouts[1],
      'due:2026-11-29T15:00:00.000Z',
      abouts[2],
      'remedy:2026-11-29',
    ]);
    expect(keys(siteAt('2027-02-20T15:00Z', both))).toEqual([...abouts, 'remedy:2026-11-29']);
    expect(keys(siteAt('2027-02-27T23:59Z', both))).toEqual([...abouts, 'remedy:2026-11-29']);
    expect(keys(siteAt('2027-02-28T00:00Z', both))).toEqual(abouts);
  });

  it.each([
    ['2026-11-23T14:59Z', []],
    ['2026-11-23T15:00Z', ['review:1']],
    ['2026-11-28T15:00Z', ['review:6']],
    ['2026-11-29T15:00Z', ['review:7']],
    ['2026-12-06T14:59Z', ['review:7']],
    ['2026-12-06T15:00Z', ['review:14']],
  ])('is none at %s: %j', (time, expected) => {
    const site = siteAt(time, over('impact: minor\n', 'customer_data: under_review\n'));
    expect(keys(site).filter((key) => /^review:\d+$/.test(key))).toEqual(expected);
  });
});

describe('a draft of a postmortem', () => {
  const drafts = (fields: string, known: readonly string[] = []) =>
    postmortemDrafts(siteAt('2026-11-22T15:01Z', over(`impact: major\n${fields}`), people), known, null);

  it('is by the lead, or else by whoever updated customers, or else by the site', () => {
    const by = (fields: string) =>
      drafts(fields).map(({ person, login, text }) => [person, login, /authors:\n.*/.exec(text)?.[0]]);
    expect(by('lead: "@dana"\ncomms: Priya\n')).toEqual([['@dana', 'dana', 'authors:\n  - dana']]);
    expect(by('comms: Priya\n')).toEqual([['Priya', 'priya-k', 'authors:\n  - Priya']]);
    expect(by('')).toEqual([[null, null, 'authors:\n  - Example']]);
  });

  it('has its file and title, and doesn’t exist if there is one already', () => {
    expect(drafts('')).toMatchObject([{ slug, title: 'Slow *API*', path: `postmortems/${slug}.md` }]);
    expect(drafts('', ['other'])).toHaveLength(1);
    expect(drafts('', [slug])).toEqual([]);
  });

  it('says what’s known about customer data, or that it’s under review', () => {
    const said = (fields: string) => drafts(fields).map(({ text }) => /customer_data: \w+/.exec(text)?.[0]);
    expect(said('')).toEqual(['customer_data: under_review']);
    expect(said('customer_data: affected\n')).toEqual(['customer_data: affected']);
  });
});
