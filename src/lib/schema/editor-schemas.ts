import { z } from 'zod';
import { customerDataVerdicts, impacts, incidentStatuses, maintenanceStatuses } from '../domain/vocabulary.ts';
import { componentsFileSchema } from './components-file.ts';
import { announcementSchema, ownPageSchema, postmortemSchema } from './page-files.ts';
import { siteSettingsSchema } from './site-file.ts';
import { incidentUpdateSchema, maintenanceUpdateSchema, templateSchema } from './update-file.ts';

/** Descriptions for editors, by field path without list indexes and map keys. */
type Descriptions = Readonly<Record<string, string>>;

const byLanguage =
  'Below it, write a language from locales: in site.yml, such as "de:", and the fields in that language.';

const update: Descriptions = {
  title: 'What customers notice. Required in the first update. In a later update, it renames the incident.',
  status: 'How far along the response is. "resolved" ends the incident. Another status after that reopens it.',
  components:
    'The status of each affected component, by its id in components.yml. It applies until a later update changes it. "resolved" resets all of them.',
  posted:
    'When the update was published, if that was more than a day after the time in its name: 2026-11-24T09:00Z. Feeds are sorted by it.',
  edited: 'When the published text was edited, with an offset: 2026-11-22T16:00Z. The page shows it.',
  source: 'Where an imported incident came from. In its first update only.',
};

const remedyTerms: Descriptions = {
  claim: 'How customers claim the remedy.',
  claim_until: 'The last day to claim it: 2026-12-31.',
  remedied: 'The day customers received the remedy: 2026-12-05. Until then, pending, and you get reminders.',
};

const incidentUpdate: Descriptions = {
  ...update,
  impact: 'How severe it is for customers. By default, it follows the worst component, but is never critical.',
  customer_data: 'Whether customer data is safe. Shown first. It applies until a later update changes it.',
  next_update:
    'When to expect the next update: an interval (30m), a time (14:30Z) or none. Default: the cadence in site.yml. Not with "resolved".',
  lead: 'Who leads the response.',
  comms: 'Who posts updates. Reminders go to this person.',
  hand_overs: 'Who took over as lead or comms after this update. npx halfpast hand-over writes this.',
  'hand_overs.at': 'When the role changed hands, with an offset: 2026-11-22T15:00Z.',
  'hand_overs.lead': 'Who leads from then on.',
  'hand_overs.comms': 'Who posts updates from then on.',
  remedy: 'How you will make it right for customers who lost something.',
  ...remedyTerms,
  key: 'The alert that opened it, by its name in the monitor. Never published. In its first update only.',
  started: 'When customers were first affected, if that was before the first update. Uptime is counted from then.',
  ended:
    'With "resolved": when the incident was over, if that was before you posted. Components listed with it were affected until then.',
};

/** One table per file that has a schema. */
const descriptions: Readonly<Record<string, Descriptions>> = {
  'incident-update': incidentUpdate,
  'maintenance-update': {
    ...update,
    title: 'The planned work. Required in the first update. In a later update, it renames the maintenance.',
    status: 'The window starts and ends on time by itself. in_progress starts it early, and completed ends it early.',
    scheduled_for:
      'When the window starts, with an offset: 2026-12-01T22:00Z. Required in the first update. A later update can move it.',
    scheduled_until: 'When the window ends, with an offset: 2026-12-02T00:00Z.',
  },
  announcement: {
    title: 'The title, for customers.',
    from: 'When it appears on the page and in the feeds, with an offset: 2026-12-24T08:00Z.',
    until: 'When it leaves the front page, with an offset: 2026-12-27T08:00Z. Its own page stays.',
    pinned: 'true shows it above open incidents. Otherwise, it is above the components.',
  },
  postmortem: {
    title: 'The title of the post.',
    draft: 'true until you publish it. Use either this or "published".',
    published: 'When it was published, with an offset: 2026-11-25T10:00Z. Use either this or "draft".',
    notify:
      'true sends it to your followers when it is published: to every feed and channel, and to the API. false keeps it to its page and the feed of postmortems.',
    authors: 'Who wrote it.',
    summary: 'One or two sentences: what happened, and who was affected.',
    customer_data: 'Whether customer data was affected. Use the same value as the incident.',
    cause: 'The kind of cause: what failed, never who. Postmortems are grouped by it.',
    remedy: 'How you made it right for those who lost something.',
    ...remedyTerms,
    lessons: 'Sentences that make sense on their own. They are collected across all postmortems.',
    actions: 'What you promised to do. Open and overdue actions are listed publicly.',
    'actions.what': 'What will be done.',
    'actions.owner': 'Who is responsible.',
    'actions.due': 'The due date: 2026-12-15.',
    'actions.done': 'The date it was done: 2026-12-10. Leave it out until then.',
  },
  page: {
    title: 'The heading of the page, and its name in the navigation.',
    navigation:
      'Its place in the navigation: a lower number comes first. Without it, the page is not in the navigation.',
  },
  template: {
    label: 'The name shown in lists. Default: the file name.',
    title: 'A suggested title, with blanks: "Payments by {{the bank}} fail".',
    status:
      'The suggested status. It decides whether the template is for incidents or for maintenance. Default: for both.',
    impact: 'The suggested impact.',
    components: 'The status of each affected component, by its id.',
    customer_data: 'The suggested value for customer data.',
    next_update: 'An interval (30m), a time (14:30Z) or none.',
    remedy: 'How you will make it right, with blanks.',
  },
  site: {
    name: 'Your name, or the name of your service.',
    url: 'The address of the status page. It can have a path.',
    time_zone: 'The time zone of the page, as an IANA name such as Europe/Berlin.',
    locale:
      'The language of the page, with the region that decides how dates are written: en-GB, en-US, de, fr, es, pt-BR, ja, zh-CN or ar.',
    locales:
      'For several languages, use this instead of locale: the first one is at the address of the page, the others below /de/ and so on.',
    support: 'Where customers get help: an address (https://…) or mailto:…. A button at the top of each page.',
    links: 'Links at the bottom of each page, or at the top.',
    'links.label': 'The text of the link.',
    'links.url': 'The full address: https://…',
    'links.header': 'true shows the link at the top of each page.',
    'links.translations': `The link in other languages. ${byLanguage}`,
    'links.translations.label': 'The text of the link in this language.',
    'links.translations.url': 'Its address in this language. Default: the same.',
    footer: 'Text at the bottom of each page, in Markdown.',
    translations: `The same in other languages. ${byLanguage}`,
    'translations.name': 'Your name, or the name of your service, in this language.',
    'translations.support': 'Where customers who speak this language get help: https://… or mailto:….',
    'translations.footer': 'The text at the bottom of each page in this language, in Markdown.',
    scripts: 'Scripts on every page, for analytics or a chat.',
    'scripts.src': 'The address of the script: https://…, or /chat.js for a file in public/.',
    'scripts.hosts': 'The hosts that it may contact: analytics.example, or *.analytics.example.',
    'scripts.data': 'Its data- attributes, with names without data-.',
    cadence: 'How often the team checks in, and how often customers get an update.',
    'cadence.check_in': 'How often the team checks in: 15m.',
    'cadence.update': 'When to post updates: an interval (30m), or a minute of each hour ("at :30").',
    'cadence.critical': 'When to post updates of critical incidents: 30m or "at :30". Default: update.',
    'cadence.major': 'When to post updates of major incidents: 30m or "at :30". Default: update.',
    'cadence.minor': 'When to post updates of minor incidents: 2h or "at :30". Default: update.',
    'cadence.none': 'When to post updates of incidents without impact: 1d or "at :30". Default: update.',
    priorities: 'The goals of a response, in order.',
    accent: 'A color in quotes: "#1f6f5c".',
    logo: 'An SVG file next to site.yml.',
    show_people: 'Whether the page shows who leads and who posts updates.',
    postmortem_for:
      'Which incidents need a postmortem: a component status or an impact, or worse, or customer_data (affected). Default: partial_outage, major, customer_data.',
    postmortem_within: 'How long after the resolution a postmortem is due: 7d.',
    example:
      'true for the included example, which is shown at the time of its newest update. npx halfpast init replaces it.',
    remind: 'Where reminders to your team go. Default: issues on GitHub.',
    'remind.for': 'Only reminders for the lead or for everyone. Default: comms, which gets all reminders.',
    'remind.issues': 'true sends reminders as issues on GitHub. In a public repository, they are public.',
    ...channels('remind'),
    'remind.slack': "Your team's Slack channel.",
    'remind.discord': "Your team's Discord channel.",
    'remind.teams': "Your team's Teams channel.",
    'remind.email': 'An email address.',
    'remind.email.to': 'Who gets it.',
    notify: 'Channels that get each update once. Secret addresses are in environment variables.',
    ...channels('notify'),
    ...scope('webhook'),
    ...scope('slack'),
    ...scope('discord'),
    ...scope('teams'),
    ...scope('email'),
    'notify.websub': 'A hub that notifies feed readers immediately.',
    'notify.websub.hub': 'The address of the hub.',
    'notify.slack': 'A channel in Slack.',
    'notify.discord': 'A channel in Discord.',
    'notify.teams': 'A channel in Teams.',
    'notify.email': 'A mailing list.',
    'notify.email.to': 'The address of the list.',
    email: 'Where customers sign up for updates by email.',
    'email.join': 'Its sign-up page (https://…), or the address to write to (mailto:…). Shown on /subscribe/.',
    people: 'GitHub logins for the names in lead and comms, for reminders.',
    repository: 'The GitHub repository of the content. The form at /compose/ needs it.',
    'repository.github': 'Its owner and name: example/status.',
    'repository.branch': 'The published branch. Default: main.',
    'repository.content': 'The content folder in the repository. Default: content.',
    compose: 'false turns off the form at /compose/.',
    internal: 'Suffixes of your internal host names, which must not appear in public texts.',
    allow: 'Texts that are public on purpose, and files whose warnings to ignore.',
    changed: 'For a page that moved to Halfpast: when it last changed before the move.',
  },
  components: {
    components: 'Components without a group, shown first.',
    groups: 'Groups of components, each with a heading.',
    'groups.name': 'The heading.',
    'groups.translations': `The heading in other languages. ${byLanguage}`,
    'groups.translations.name': 'The heading in this language.',
    'groups.components': 'The components in the group.',
    ...component('components.'),
    ...component('groups.components.'),
  },
};

function channels(field: 'remind' | 'notify'): Descriptions {
  return {
    [`${field}.slack.url_env`]: 'The environment variable with the address of the incoming webhook.',
    [`${field}.discord.url_env`]: 'The environment variable with the address of the webhook.',
    [`${field}.teams.url_env`]: 'The environment variable with the address of the webhook.',
    [`${field}.webhook`]: 'A signed request to your own program.',
    [`${field}.webhook.url_env`]: 'The environment variable with its address.',
    [`${field}.webhook.secret_env`]: 'The environment variable with the signing secret.',
    [`${field}.email.from`]: 'The sender: Example Status <status@example.com>.',
    [`${field}.email.smtp_env`]: 'The environment variable with the address of the mail server.',
  };
}

function scope(kind: string): Descriptions {
  return {
    [`notify.${kind}.name`]:
      'Distinguishes channels of one kind: lowercase letters, digits and hyphens. Never change it.',
    [`notify.${kind}.components`]: 'Only incidents and maintenance that name one of these components.',
    [`notify.${kind}.impact`]: 'Only incidents of this impact or worse, and no maintenance.',
  };
}

function component(before: string): Descriptions {
  return {
    [`${before}id`]: 'Its name in addresses and updates: lowercase letters, digits and hyphens.',
    [`${before}name`]: 'Its name for customers.',
    [`${before}description`]: 'A short description.',
    [`${before}since`]: 'The first day to count for uptime: 2026-01-01.',
    [`${before}retired`]: 'true removes it from the page, but keeps it for old incidents.',
    [`${before}showcase`]: 'false hides its history and its uptime.',
    [`${before}created`]: 'For a page that moved to Halfpast: when the component was created.',
    [`${before}translations`]: `The name and the description in other languages. ${byLanguage}`,
    [`${before}translations.name`]: 'Its name in this language.',
    [`${before}translations.description`]: 'The description in this language.',
    [`${before}changed`]: 'For a page that moved to Halfpast: when its status last changed.',
  };
}

type JsonSchema = z.core.JSONSchema.JSONSchema;

const files = {
  site: { schema: siteSettingsSchema, title: 'site.yml of Halfpast' },
  components: { schema: componentsFileSchema, title: 'components.yml of Halfpast' },
  'incident-update': { schema: incidentUpdateSchema, title: 'Front matter of an incident update' },
  'maintenance-update': { schema: maintenanceUpdateSchema, title: 'Front matter of a maintenance update' },
  announcement: { schema: announcementSchema, title: 'Front matter of an announcement' },
  postmortem: { schema: postmortemSchema, title: 'Front matter of a postmortem' },
  page: { schema: ownPageSchema, title: 'Front matter of a page' },
  template: { schema: templateSchema, title: 'Front matter of a template' },
} as const;

/** Narrows a nested schema. The items of a list or map have the path of the list or map itself. */
const inner = (schema: unknown): JsonSchema | null =>
  typeof schema === 'object' && schema !== null && !Array.isArray(schema) ? (schema as JsonSchema) : null;

/** Adds descriptions to fields. Returns the paths of fields without one. */
function describe(schema: JsonSchema, texts: Descriptions, path: string): string[] {
  const parts = [schema.items, schema.additionalProperties, ...(schema.anyOf ?? [])]
    .map(inner)
    .filter((part) => part !== null);
  const below = parts.flatMap((part) => describe(part, texts, path));
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const at = path === '' ? name : `${path}.${name}`;
    const child = inner(property);
    if (child === null) return [];
    const text = texts[at];
    if (text !== undefined) child.description = text;
    return [...(text === undefined ? [at] : []), ...describe(child, texts, at)];
  });
  return [...below, ...own];
}

type EditorSchema = { readonly name: string; readonly text: string; readonly undescribed: readonly string[] };

/**
 * Returns JSON Schemas (draft 7, which the YAML language server supports) for everything that people write, derived
 * from the schemas that `check` uses. They cover fields, words and types; only `check` validates the format of texts.
 */
export function editorSchemas(): EditorSchema[] {
  return Object.entries(files).map(([name, { schema, title }]) => {
    const json = z.toJSONSchema(schema('UTC'), {
      io: 'input',
      target: 'draft-7',
      unrepresentable: 'throw',
    }) as JsonSchema;
    const undescribed = describe(json, descriptions[name] ?? {}, '');
    return { name, text: `${JSON.stringify({ ...json, title }, null, 2)}\n`, undescribed };
  });
}

const choice = (stop: number, words: readonly string[]): string => `\${${stop}|${words.join(',')}|}`;

const snippet = (prefix: string, description: string, ...body: readonly string[]) => ({
  scope: 'markdown',
  prefix,
  description,
  body,
});

/**
 * Returns snippets for VS Code. With these, it completes front matter in Markdown, which the YAML language server
 * doesn't support, without any extension. The words are from the vocabulary.
 */
export function snippets(): string {
  const table = {
    'Halfpast: first update': snippet(
      'halfpast-open',
      'The first update of an incident',
      '---',
      'title: ${1:What customers notice}',
      `status: ${choice(2, incidentStatuses)}`,
      `impact: ${choice(3, [...impacts.slice(1), 'none'])}`,
      `customer_data: ${choice(4, ['under_review', ...customerDataVerdicts.filter((word) => word !== 'under_review')])}`,
      '---',
      '${0:What customers should know}',
      '',
    ),
    'Halfpast: update': snippet(
      'halfpast-update',
      'A later update of an incident',
      '---',
      `status: ${choice(1, ['identified', ...incidentStatuses.filter((word) => word !== 'identified')])}`,
      '---',
      '${0:What customers should know}',
      '',
    ),
    'Halfpast: resolved': snippet(
      'halfpast-resolve',
      'The end of an incident',
      '---',
      'status: resolved',
      `customer_data: ${choice(1, customerDataVerdicts)}`,
      '---',
      '${0:What customers should know}',
      '',
    ),
    'Halfpast: maintenance': snippet(
      'halfpast-schedule',
      'The announcement of planned work',
      '---',
      'title: ${1:What is done}',
      `status: ${maintenanceStatuses[0]}`,
      'scheduled_for: ${2:2026-12-01T22:00Z}',
      'scheduled_until: ${3:2026-12-02T00:00Z}',
      '---',
      '${0:What customers should know}',
      '',
    ),
  };
  return `${JSON.stringify(table, null, 2)}\n`;
}
