import { z } from 'zod';
import { postmortemReasons, reminderStages, type UpdateCadence } from '../domain/settings.ts';
import { type Impact, impacts } from '../domain/vocabulary.ts';
import {
  environmentName,
  fields,
  list,
  mailAddress,
  oneOf,
  oneOrMore,
  perZone,
  siteAddress,
  translations,
  webAddress,
  yesOrNo,
} from './fields.ts';
import { scripts } from './scripts-field.ts';
import { line, quote, type Read, readable, text } from './text.ts';
import { duration, instant, locale, parseDuration, timeZone } from './time-fields.ts';

function readUpdateCadence(given: string): Read<UpdateCadence> {
  const every = parseDuration(given);
  if (every !== null) return { value: { kind: 'every', duration: every } };
  const minute = /^at :([0-5]\d)$/.exec(given)?.[1];
  if (minute !== undefined) return { value: { kind: 'at_minute', minute: Number(minute) } };
  return {
    wrong: `${quote(given)} is not a cadence. Use a duration such as 30m, or a minute of every hour such as "at :30"`,
  };
}

const updateCadence = (example: string) => readable(example, readUpdateCadence).optional();

/** How often the team checks in, and how often customers get updates: in general, and by impact. */
const cadence = fields(
  {
    check_in: duration('check_in: 15m').optional(),
    update: updateCadence('update: at :30'),
    critical: updateCadence('critical: 30m'),
    major: updateCadence('major: at :30'),
    minor: updateCadence('minor: 2h'),
    none: updateCadence('none: 1d'),
  } satisfies Partial<Record<Impact | 'check_in' | 'update', unknown>>,
  'is not a cadence. Write "check_in: 15m" and "update: at :30" below it',
);

const login = readable('Priya: priya-k', (given) => {
  const found = /^@?([A-Za-z0-9](?:[A-Za-z0-9]|-(?=[A-Za-z0-9])){0,38})$/.exec(given)?.[1];
  if (found !== undefined) return { value: found };
  return { wrong: `${quote(given)} is not a GitHub login. Write it like Priya: priya-k` };
});

/** GitHub logins, by the names used in `lead` and `comms`. */
const people = z.record(z.string(), login, {
  error: ({ input }) =>
    `${quote(input)} is not a list of people. Below "people:", write one line per person, like "  Priya: priya-k"`,
});

/** Fields of `site.yml` that say what public texts can and can't contain. */
const privacy = {
  /** Suffixes of internal host names, in addition to the usual ones. */
  internal: list(line('- corp.example'), 'corp.example').optional(),
  /** Texts that are public on purpose, and files in the content folder for which to skip warnings. */
  allow: list(line('- support@example.com'), 'support@example.com').optional(),
};

const nameForm = /^[A-Za-z0-9](?:[A-Za-z0-9]|-(?=[A-Za-z0-9])){0,38}\/(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/;

function readGitHubName(given: string): Read<string> {
  if (nameForm.test(given)) return { value: given };
  const inside = /github\.com[/:]([^/\s]+\/[^/\s]+?)(?:\.git)?(?:\/.*)?$/.exec(given)?.[1] ?? '';
  const example = nameForm.test(inside) ? inside : 'example/status';
  return { wrong: `${quote(given)} is not a GitHub repository. Use its owner and name, such as ${example}` };
}

/** Rejects what git-check-ref-format(1) rejects and people may type. */
function readBranch(given: string): Read<string> {
  const wrong = /[\s~^:?*[\\\u007f]|\.\.|\/\/|@\{|^[-/.]|[/.]$/.test(given);
  return wrong ? { wrong: `${quote(given)} is not a valid branch name. Write it like branch: main` } : { value: given };
}

function readFolder(given: string): Read<string> {
  const parts = given.replace(/^\.\//, '').replace(/\/+$/, '').split('/');
  const folder = parts.join('/');
  if (folder === '.' || folder === '')
    return given.startsWith('/')
      ? { wrong: `${quote(given)} starts with /. Use content: . for the root of the repository` }
      : { value: '' };
  if (parts.every((part) => /^[\w.@+-]+$/.test(part) && part !== '..' && part !== '.')) return { value: folder };
  return {
    wrong: `${quote(given)} is not a folder in the repository. Use its path from the root, like content: content`,
  };
}

/** The location of the content on GitHub, for the form that posts updates from a browser. */
export const repository = fields(
  {
    github: readable('github: example/status', readGitHubName),
    branch: readable('branch: main', readBranch).optional(),
    content: readable('content: content', readFolder).optional(),
  },
  'is not a repository. Write "github: example/status" below "repository:"',
);

const channelName = readable('name: checkout-team', (given) =>
  /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(given)
    ? { value: given }
    : { wrong: `${quote(given)} is not a channel name. Use lowercase letters, digits and hyphens` },
);

const [, ...severe] = impacts;

/** What to send to a channel, for all kinds with a choice. */
const scope = {
  name: channelName.optional(),
  components: list(text('- checkout'), 'checkout')
    .min(1, { error: 'is an empty list. Add a component, or delete it' })
    .optional(),
  impact: oneOf(severe, 'an impact to send from').optional(),
};

type More = z.core.$ZodLooseShape;

/** A chat's incoming webhook. Anyone who knows its URL can post there, so the URL is a secret. */
const chat = <T extends More>(name: string, more: T) => {
  const example = `url_env: HALFPAST_${name}_URL`;
  return fields({ url_env: environmentName(example), ...more }, `is not a channel. Write "${example}" below it`);
};

/** An endpoint that receives signed requests. */
const hook = <T extends More>(name: string, more: T) => {
  const [url, secret] = [`url_env: HALFPAST_${name}_URL`, `secret_env: HALFPAST_${name}_SECRET`];
  return fields(
    { url_env: environmentName(url), secret_env: environmentName(secret), ...more },
    `is not a channel. Write "${url}" and "${secret}" below it`,
  );
};

const mail = <T extends More>(to: string, more: T) =>
  fields(
    {
      to: mailAddress(`to: ${to}`),
      from: mailAddress('from: Example Status <status@example.com>'),
      smtp_env: environmentName('smtp_env: HALFPAST_SMTP_URL'),
      ...more,
    },
    'is not a channel. Write "to:", "from:" and "smtp_env: HALFPAST_SMTP_URL" below it',
  );

/** The channels to notify of each update. */
const notify = fields(
  {
    websub: fields(
      { hub: webAddress('hub: https://pubsubhubbub.appspot.com/') },
      'is not a channel. Write "hub:" and the address of a hub below it',
    ).optional(),
    webhook: oneOrMore(hook('WEBHOOK', scope)).optional(),
    slack: oneOrMore(chat('SLACK', scope)).optional(),
    discord: oneOrMore(chat('DISCORD', scope)).optional(),
    teams: oneOrMore(chat('TEAMS', scope)).optional(),
    email: oneOrMore(mail('status@lists.example.com', scope)).optional(),
  },
  'is not a set of channels. Below "notify:", write one such as "slack:", and "url_env: HALFPAST_SLACK_URL" below that',
);

/**
 * Reads a URL to open or an address to write to. `what` describes it, such as `an address to sign up at`;
 * `example` is one.
 */
function readContact(given: string, what: string, example: string): Read<string> {
  const url = URL.parse(given);
  if (url?.protocol === 'https:' && url.hostname !== '') return { value: given };
  if (url?.protocol === 'mailto:' && /^[^\s@<>"%]+@[^\s@<>"%]+$/.test(url.pathname)) return { value: given };
  const meant = /^[^\s@:/]+@[^\s@]+$/.test(given) ? `mailto:${given}` : example;
  return { wrong: `${quote(given)} is not ${what}. Use one with https: or mailto:, such as ${meant}` };
}

/** A mailing list that customers can subscribe to. */
const emailList = fields(
  {
    join: readable('join: https://lists.example.com/status', (given) =>
      readContact(given, 'an address to sign up at', 'https://lists.example.com/status'),
    ),
  },
  'is not an email list. Write "join:" and the address to sign up at below it',
);

/** Where to send reminders to the team, separate from the channels for customers. */
const remind = list(
  fields(
    {
      slack: chat('TEAM_SLACK', {}).optional(),
      discord: chat('TEAM_DISCORD', {}).optional(),
      teams: chat('TEAM_TEAMS', {}).optional(),
      webhook: hook('TEAM_WEBHOOK', {}).optional(),
      email: mail('on-call@example.com', {}).optional(),
      issues: yesOrNo.optional(),
      for: oneOf(reminderStages, 'a stage of reminders').optional(),
    },
    'is not a channel. Write "- slack:", and "    url_env: HALFPAST_TEAM_SLACK_URL" below it',
  ),
  'issues: true',
);

const link = fields(
  {
    label: text('label: Website'),
    url: webAddress('url: https://www.example.com'),
    header: yesOrNo.optional(),
    translations: translations(
      {
        label: text('label: Impressum').optional(),
        url: webAddress('url: https://www.example.com/de/impressum').optional(),
      },
      'label: Impressum',
    ),
  },
  'is not a link. Write "- label: Website" and "  url: https://…" below it',
);

/** In characters. All pages include it. */
const longestMarkdown = 1000;

/** A short Markdown text for all pages. */
const markdown = (example: string) =>
  readable(example, (given) => {
    if (given === '') return { wrong: `is blank. Write it like ${example}` };
    if (given.length <= longestMarkdown) return { value: given };
    return { wrong: `has ${given.length} characters, and ${longestMarkdown} is the limit. Move some to a page` };
  });

const support = readable('support: https://www.example.com/support', (given) =>
  readContact(given, 'an address for support', 'https://www.example.com/support'),
);

const colour = readable('accent: "#1f6f5c"', (given) =>
  /^#(?:[0-9a-f]{3}){1,2}$/i.test(given)
    ? { value: given.length === 4 ? given.toLowerCase().replaceAll(/[0-9a-f]/g, '$&$&') : given.toLowerCase() }
    : { wrong: `${quote(given)} is not a color. Use six hex digits in quotes, such as "#1f6f5c"` },
);

const logoFile = readable('logo: logo.svg', (given) =>
  /^[\w-]+\.svg$/i.test(given)
    ? { value: given }
    : {
        wrong: `${quote(given)} is not an SVG file name. Use logo: logo.svg, and put that file next to site.yml`,
      },
);

/** `site.yml`. Times in hints are in `zone`. */
export const siteSettingsSchema = perZone((zone) => {
  return fields(
    {
      name: text('name: Example'),
      url: siteAddress,
      time_zone: timeZone,
      locale: locale.optional(),
      locales: list(locale, 'en-GB').min(1, { error: 'is an empty list. Add a locale, or delete it' }).optional(),
      support: support.optional(),
      links: list(link, 'label: Website').optional(),
      footer: markdown('footer: Example Ltd, [imprint](/imprint/)').optional(),
      translations: translations(
        {
          name: text('name: Beispiel').optional(),
          support: support.optional(),
          footer: markdown('footer: Beispiel GmbH, [Impressum](/imprint/)').optional(),
        },
        'name: Beispiel',
      ),
      scripts: scripts.optional(),
      cadence: cadence.optional(),
      priorities: list(text('- Customer data is safe'), 'Customer data is safe').optional(),
      accent: colour.optional(),
      logo: logoFile.optional(),
      show_people: yesOrNo.optional(),
      postmortem_for: list(oneOf(postmortemReasons, 'a reason for a postmortem'), 'partial_outage').optional(),
      postmortem_within: duration('postmortem_within: 7d').optional(),
      example: yesOrNo.optional(),
      notify: notify.optional(),
      email: emailList.optional(),
      remind: remind.optional(),
      people: people.optional(),
      repository: repository.optional(),
      compose: yesOrNo.optional(),
      ...privacy,
      changed: instant('changed: 2026-08-22T22:15Z', zone).optional(),
    },
    'is not a list of settings. Write one setting per line, like "name: Example"',
  );
});

export type SiteSettingsFile = z.output<ReturnType<typeof siteSettingsSchema>>;
