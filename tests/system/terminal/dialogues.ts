/** One question and the answer to it: text to type, and keys to press, by their tmux names. */
export type Step = { readonly asks: string; readonly types?: string; readonly keys?: readonly string[] };

export type Dialogue = {
  /** The command line. */
  readonly line: string;
  /** Commands to run before, without a terminal. */
  readonly before?: readonly (readonly string[])[];
  readonly steps: readonly Step[];
  /** The text shown at the end. */
  readonly ends: string;
};

const enter = ['Enter'];
const done = ['Tab', 'Enter'];

const writes: Step = { asks: 'Write it?', keys: enter };
const own: Step = { asks: 'Start from a template?', keys: enter };
const text = (types: string): Step => ({ asks: 'What should customers know?', types, keys: done });

const opened = [
  'open',
  '--title',
  'Checkout errors',
  '--component',
  'checkout=partial_outage',
  '--customer-data',
  'under_review',
  '--lead',
  'Dana',
  '--message',
  'Payments fail.',
];
const older = [
  'open',
  '--title',
  'Search is slow',
  '--impact',
  'minor',
  '--started',
  '2026-11-01T00:00Z',
  '--message',
  'It is slow.',
];
const serious = ['open', '--title', 'Sign-in fails', '--impact', 'critical', '--message', 'It fails.'];
const resolved = [
  'open',
  '--title',
  'It was odd',
  '--impact',
  'minor',
  '--status',
  'resolved',
  '--message',
  'It is over.',
];

/** Every command that asks questions, with all of them. */
export const dialogues: Readonly<Record<string, Dialogue>> = {
  'open, written by hand': {
    line: 'halfpast open',
    steps: [
      { asks: 'What do customers notice?', types: 'Checkout errors in Europe', keys: enter },
      { asks: 'What is the status?', keys: ['Down', 'Enter'] },
      // The title names the second one, so it's already selected.
      { asks: 'What is affected?', keys: ['Down', 'Down', 'Space', 'Enter'] },
      { asks: 'Checkout: how bad is it?', keys: ['Down', 'Enter'] },
      { asks: 'Customer accounts: how bad is it?', keys: enter },
      own,
      { asks: 'Is customer data safe?', keys: ['Down', 'Enter'] },
      { asks: 'Who leads the response?', types: 'Dana', keys: enter },
      { asks: 'Who updates customers?', keys: enter },
      text('Some card payments fail.'),
      writes,
    ],
    ends: 'The next update is promised by',
  },
  'open, with a template and no component': {
    line: 'halfpast open --title Odd',
    steps: [
      { asks: 'What is the status?', keys: enter },
      { asks: 'What is affected?', keys: enter },
      // Asked again, in case Enter was mistaken for the key that selects.
      { asks: 'What is affected?', keys: enter },
      { asks: 'Start from a template?', keys: ['Down', 'Enter'] },
      { asks: 'How bad is it for customers?', keys: enter },
      { asks: 'Who leads the response?', keys: enter },
      { asks: 'Who updates customers?', types: 'Priya', keys: enter },
      { asks: 'Fill in: what isn’t working', types: 'Signing in fails', keys: enter },
      { asks: 'Fill in: whom', types: 'everyone', keys: enter },
      { asks: 'Fill in: what still works', types: 'Orders work.', keys: enter },
      { asks: 'Is this what customers should know?', keys: done },
      writes,
    ],
    ends: 'The next update is promised by',
  },
  'update, of the newer of two, with other components': {
    line: 'halfpast update',
    before: [opened, older],
    steps: [
      { asks: 'Which incident?', keys: enter },
      { asks: 'What is the status now?', keys: ['Down', 'Enter'] },
      own,
      { asks: 'What is affected now?', keys: ['Down', 'Enter'] },
      { asks: 'Select everything that is affected now', keys: ['Space', 'Enter'] },
      { asks: 'Website: how bad is it?', keys: enter },
      { asks: 'Checkout: how bad is it?', keys: enter },
      { asks: 'Is customer data safe?', keys: ['Down', 'Down', 'Enter'] },
      text('We know why.'),
      { asks: 'Write it?', keys: ['Down', 'Enter'] },
      // Ctrl-U only inserts an invisible character.
      { asks: 'What should customers know?', types: ' It is a cable.', keys: ['C-u', ...done] },
      writes,
    ],
    ends: 'To publish it:',
  },
  'hand-over': {
    line: 'halfpast hand-over',
    before: [opened],
    steps: [
      { asks: 'Who leads now?', types: 'Dana and Kim', keys: enter },
      { asks: 'Who updates customers now?', types: 'Priya', keys: enter },
    ],
    ends: ': Dana and Kim (before: Dana)',
  },
  checkin: {
    line: 'halfpast checkin',
    before: [opened],
    steps: [
      { asks: 'What do we know now?', types: 'It is a cable', keys: enter },
      { asks: 'What do we try next?', keys: enter },
      { asks: 'Does anyone need help, and with what?', keys: enter },
      { asks: 'Is customer data safe?', types: 'yes', keys: enter },
    ],
    ends: 'Known: It is a cable.',
  },
  'resolve, of a serious incident': {
    line: 'halfpast resolve',
    before: [serious],
    steps: [own, { asks: 'Is customer data safe?', keys: ['Down', 'Down', 'Enter'] }, text('All works.'), writes],
    ends: 'To draft a postmortem: npx halfpast postmortem',
  },
  resolve: {
    line: 'halfpast resolve',
    before: [opened],
    steps: [
      own,
      { asks: 'When did everything start working again?', keys: enter },
      { asks: 'What did you find out about customer data?', keys: ['Down', 'Down', 'Enter'] },
      text('All works.'),
      writes,
    ],
    ends: 'To draft a postmortem: npx halfpast postmortem',
  },
  schedule: {
    line: 'halfpast schedule',
    steps: [
      { asks: 'What will be done?', types: 'New servers', keys: enter },
      { asks: 'When does it start?', types: '2099-12-05T22:00Z', keys: enter },
      { asks: 'When does it end?', types: '2099-12-05T23:00Z', keys: enter },
      { asks: 'Which components are affected?', keys: ['Space', 'Enter'] },
      own,
      text('We move.'),
      writes,
    ],
    ends: 'To publish it:',
  },
  'update of a maintenance': {
    line: 'halfpast update checkout-database --status scheduled',
    steps: [own, text('It takes place as announced.'), writes],
    ends: 'To publish it:',
  },
  postmortem: {
    line: 'halfpast postmortem',
    before: [resolved],
    steps: [
      { asks: 'Which incident is it about?', keys: enter },
      { asks: 'Who is the author?', types: 'Priya', keys: enter },
      { asks: 'Was customer data affected?', keys: ['Down', 'Down', 'Enter'] },
      { asks: 'What kind of cause was it?', keys: ['Down', 'Enter'] },
    ],
    ends: 'It is a draft.',
  },
  init: {
    line: 'halfpast init',
    steps: [
      { asks: 'What is the name of your service?', types: 'Acme', keys: enter },
      { asks: 'What will the address of the page be?', types: 'https://status.acme.example', keys: enter },
      { asks: 'Which time zone are most readers in?', keys: enter },
      { asks: 'Which parts of the service do customers use?', types: 'Website, api=Partner API', keys: enter },
      { asks: 'Write these, and remove', keys: enter },
    ],
    ends: 'Your first incident: npx halfpast open',
  },
  'halfpast alone': {
    line: 'halfpast',
    steps: [{ asks: 'What do you want to do?', keys: ['Up', 'Up', 'Up', 'Enter'] }],
    ends: 'no problems',
  },
};
