import type { Fields } from '../../src/lib/content/write-content.ts';

/** An event in a drill, in minutes from the start. `{component}` is the name of the component. */
export type Beat = {
  readonly at: number;
  readonly who: string;
  readonly says: string;
  /** An update that a colleague pushes and that must not stay live. */
  readonly pushes?: WrongUpdate;
};

/** A colleague's update: `announced` can be stopped before customers see it, `surprise` can only be rolled back. */
export type WrongUpdate = {
  readonly kind: 'announced' | 'surprise';
  /** Its name in the report. */
  readonly name: string;
  /** For a new incident, if none is open. */
  readonly title: string;
  readonly fields: Pick<Fields, 'status' | 'customer_data'> & { readonly status: string };
  readonly message: string;
};

/** What the report checks in addition to the practice that is the same every night. */
export type Aim = { readonly kind: 'shut down' | 'remedy' | 'verdict'; readonly says: string };

/** The truth about customer data, and when it becomes known. An earlier verdict is a guess. */
export type DataFinding = {
  /** In minutes from the start. */
  readonly at: number;
  readonly verdict: 'affected' | 'unaffected';
  readonly says: string;
};

export type Scenario = {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly aim: Aim;
  readonly finding: DataFinding;
  readonly beats: readonly Beat[];
};

const breach: Scenario = {
  name: 'breach',
  title: "A provider's breach",
  summary: "Someone broke into your provider's network. The safe choice is to shut down",
  aim: { kind: 'shut down', says: '{component} shut down to keep customer data safe' },
  finding: { at: 46, verdict: 'affected', says: 'names and email addresses were read' },
  beats: [
    {
      at: 0,
      who: 'Your hosting provider, by email',
      says: "We found an intruder in our network. Some customers' disks were read. Yours may be among them.",
    },
    {
      at: 4,
      who: 'Engineer on call',
      says: "The database of {component} is on one of those disks. I don't know yet whether anyone has read it. I can shut {component} down right now: nobody could read any more, but nobody could use it either. Decide, and post it: I'll do what the page says.",
    },
    { at: 13, who: 'Support', says: 'Six customers are asking whether their data is safe. What do I tell them?' },
    {
      at: 24,
      who: 'A colleague, before a long meeting',
      says: "I've written an all-clear for the page: no data was read, everything works. It goes out in ten minutes. My phone will be off.",
    },
    {
      at: 34,
      who: 'Git',
      says: "Your colleague's all-clear was pushed. Nobody has confirmed a word of it.",
      pushes: {
        kind: 'announced',
        name: 'The unconfirmed all-clear',
        title: 'Security notice',
        fields: { status: 'resolved', customer_data: 'unaffected' },
        message: 'All clear: no customer data was read, and everything works.',
      },
    },
    {
      at: 46,
      who: 'Engineer on call',
      says: 'We have the logs. Someone read a table with names and email addresses. No passwords, no payment details.',
    },
    {
      at: 56,
      who: 'Git',
      says: "Someone pasted notes from the call into an update, with a customer's name in them. Look at your page.",
      pushes: {
        kind: 'surprise',
        name: 'The internal notes',
        title: 'Call notes',
        fields: { status: 'identified' },
        message:
          'Call notes: Jane Roe of Umbrella Ltd. was the first whose records were read. Ask legal before we say so.',
      },
    },
    {
      at: 74,
      who: 'Engineer on call',
      says: 'New machines are up, and every password and key has been replaced. {component} can start again.',
    },
    {
      at: 90,
      who: 'Engineer on call',
      says: '{component} came back a quarter of an hour ago. No errors, no strangers.',
    },
  ],
};

const prices: Scenario = {
  name: 'prices',
  title: 'Wrong prices',
  summary: 'A pricing error costs customers money',
  aim: { kind: 'remedy', says: "Customers know how they'll get their money back" },
  finding: { at: 22, verdict: 'unaffected', says: 'only the amounts were wrong' },
  beats: [
    {
      at: 0,
      who: 'Support',
      says: 'A customer paid ten times the price through {component}. Two more have called in the last five minutes.',
    },
    {
      at: 4,
      who: 'Engineer on call',
      says: "Last night's deploy converts a currency twice. Every order since then is wrong. I can turn orders off while we fix it.",
    },
    {
      at: 12,
      who: 'Support',
      says: 'Forty people are waiting. One of them asks whether their card details leaked. Did they?',
    },
    {
      at: 22,
      who: 'Engineer on call',
      says: 'Only the amounts are wrong. I checked: no names, addresses or cards went anywhere.',
    },
    {
      at: 27,
      who: 'A colleague, from a train',
      says: "Good news for the page: everyone gets twice the amount back. I'll push it in ten minutes, before the tunnel.",
    },
    {
      at: 37,
      who: 'Git',
      says: "Your colleague's promise was pushed. Finance never agreed to it.",
      pushes: {
        kind: 'announced',
        name: 'The refund nobody agreed to',
        title: 'Wrong prices',
        fields: { status: 'monitoring' },
        message: 'Everyone who paid too much gets twice the amount back today.',
      },
    },
    {
      at: 48,
      who: 'Finance',
      says: "It's 412 orders. We'll refund the difference to the same card within three days. Customers don't need to do anything.",
    },
    {
      at: 57,
      who: 'Git',
      says: 'A script posted a list of refunds to the page, with names and amounts. Look at your page.',
      pushes: {
        kind: 'surprise',
        name: 'The list of refunds',
        title: 'Refunds',
        fields: { status: 'monitoring' },
        message: 'Refund batch 1: Jane Roe 38.20, John Doe 112.00, Umbrella Ltd. 4,310.50.',
      },
    },
    { at: 72, who: 'Engineer on call', says: "The fix is out. New orders have the right price. I'm watching." },
    { at: 88, who: 'Finance', says: 'All 412 refunds are on their way.' },
  ],
};

const data: Scenario = {
  name: 'data',
  title: 'A bad data push',
  summary: 'Bad data spreads, and the job has no stop button',
  aim: { kind: 'verdict', says: 'Customers know whether their data is safe' },
  finding: { at: 13, verdict: 'affected', says: "customers saw other people's records" },
  beats: [
    {
      at: 0,
      who: 'Monitoring',
      says: 'A nightly job is overwriting the records behind {component}, 200 a minute. It has no stop button.',
    },
    {
      at: 5,
      who: 'Engineer on call',
      says: 'I can revoke its access. Customers will then see old data in {component} until we restore the backup. Give me ten minutes.',
    },
    {
      at: 13,
      who: 'Support',
      says: "Customers are seeing other people's records in {component}. Screenshots are going around.",
    },
    {
      at: 24,
      who: 'A colleague, about to go to bed',
      says: "The job has ended, so I'm calling it done. In ten minutes, I'll post that it's resolved and that no data was affected.",
    },
    {
      at: 34,
      who: 'Git',
      says: "Your colleague's update was pushed. The restore hasn't even begun.",
      pushes: {
        kind: 'announced',
        name: 'The resolution that came too early',
        title: 'Wrong records',
        fields: { status: 'resolved', customer_data: 'unaffected' },
        message: 'The job has ended and everything is back to normal. No customer data was affected.',
      },
    },
    {
      at: 47,
      who: 'Engineer on call',
      says: "About 7,000 records were overwritten. 31 people saw someone else's name and city. The backup is from 02:00.",
    },
    {
      at: 58,
      who: 'Git',
      says: 'The same job has an account for the page and posted its own error report there. Look at your page.',
      pushes: {
        kind: 'surprise',
        name: "The job's error report",
        title: 'Job report',
        fields: { status: 'investigating' },
        message: 'Job failed at record 7,031: jane.roe (Springfield) already exists. Retry in 60 minutes.',
      },
    },
    { at: 75, who: 'Engineer on call', says: "The backup is restored. I'm comparing it with the logs now." },
    { at: 92, who: 'Engineer on call', says: "All records are correct again, and the job's access has been revoked." },
  ],
};

/** The scenarios that can be played. */
export const scenarios: readonly Scenario[] = [breach, prices, data];
