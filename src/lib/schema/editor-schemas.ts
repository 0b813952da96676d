import { z } from 'zod';
import { customerDataVerdicts, impacts, incidentStatuses, maintenanceStatuses } from '../domain/vocabulary.ts';
import { componentsFileSchema } from './components-file.ts';
import { postmortemSchema } from './postmortem-file.ts';
import { siteSettingsSchema } from './site-file.ts';
import { incidentUpdateSchema, maintenanceUpdateSchema, templateSchema } from './update-file.ts';

/** What an editor says of a field: by the name of the schema and the field's path, lists and maps left out of it. */
type Descriptions = Readonly<Record<string, string>>;

const update: Descriptions = {
  title: 'What customers notice. Needed on the first update; on a later one it renames the incident.',
  status: 'Where you are with it. "resolved" ends the incident; another status afterwards opens it again.',
  components:
    'What each affected component is, by the id it has in components.yml. Each stays as it is until changed; "resolved" clears all.',
  edited: 'When the published text was changed afterwards, with an offset: 2026-11-22T16:00Z. The page says so.',
  source: 'Of an imported incident, on its first update: where it came from.',
};

const incidentUpdate: Descriptions = {
  ...update,
  impact:
    'How bad it is for customers. Left out, it follows the worst component; critical is only ever said by a person.',
  customer_data: 'Whether customer data is safe. Shown before anything else, and stays until changed.',
  next_update:
    'When customers hear more: a length of time (30m), a time (14:30Z) or none. Left out, the cadence of site.yml.',
  lead: 'Who leads the response.',
  comms: 'Who posts updates. Reminders go to this person.',
  remedy: 'How you make it right with those who lost something.',
  started: 'On the first update: when customers began to be affected, if that was earlier. Uptime counts from here.',
};

/** One table for each file that has a schema. */
const descriptions: Readonly<Record<string, Descriptions>> = {
  'incident-update': incidentUpdate,
  'maintenance-update': {
    ...update,
    title: 'What is done. Needed on the first update; on a later one it renames the maintenance.',
    status: 'The window begins and ends by the clock; in_progress begins it early, completed ends it early.',
    scheduled_for:
      'When the window begins, with an offset: 2026-12-01T22:00Z. Needed on the first update; a later one moves it.',
    scheduled_until: 'When the window ends, with an offset: 2026-12-02T00:00Z.',
  },
  postmortem: {
    title: 'What the post is called.',
    draft: 'true while it is not public. Instead of "published".',
    published: 'When it goes public, with an offset: 2026-11-25T10:00Z. Instead of "draft".',
    authors: 'Who wrote it.',
    summary: 'One or two sentences: what happened, for whom.',
    customer_data: 'The final verdict, as on the incident.',
    cause: 'What kind of cause it had; the library of postmortems is sorted by it. What failed, never who.',
    remedy: 'How you made it right with those who lost something.',
    lessons: 'Sentences, each of use without the post; collected over all postmortems.',
    actions: 'What was promised. Open and overdue ones are listed for everybody.',
    'actions.what': 'What will be done.',
    'actions.owner': 'Who sees to it.',
    'actions.due': 'Until which day: 2026-12-15.',
    'actions.done': 'On which day it was done: 2026-12-10. Left out until then.',
  },
  template: {
    label: 'What people choose it by. Left out, the name of the file.',
    title: 'A suggested title, with blanks: "Payments by {{the bank}} fail".',
    status:
      'The suggested status; it also says whether the template is for incidents or for maintenance. Left out, it suits both.',
    impact: 'The suggested impact.',
    components: 'What each affected component is, by its id.',
    customer_data: 'What is suggested to be said of customer data.',
    next_update: 'A length of time (30m), a time (14:30Z) or none.',
    remedy: 'How you make it right, with blanks.',
  },
  site: {
    name: 'Whose status it is.',
    url: 'Where the page is served; may have a path.',
    time_zone: 'An IANA name, as Europe/Berlin: days and times on the page.',
    locale: 'How dates are written: a kind of English, as en-GB or en-US.',
    links: 'Links at the foot of each page.',
    'links.label': 'What the link says.',
    'links.url': 'Where it leads, whole: https://…',
    cadence: 'How often the team checks in, and customers hear something.',
    'cadence.check_in': 'How often the team checks in with itself: 15m.',
    'cadence.update': 'When to post updates: an interval (30m), or a minute of each hour ("at :30").',
    priorities: 'The goals of a response, in order.',
    accent: 'A colour in quotes: "#1f6f5c".',
    logo: 'An SVG file beside site.yml.',
    show_people: 'Whether customers see who leads and who writes.',
    postmortem_within: 'How long after the end a postmortem is due: 7d.',
    notify: 'Where to send each update, once. Secret addresses are in environment variables.',
    'notify.websub': 'A hub that notifies feed readers immediately.',
    'notify.websub.hub': 'The address of the hub.',
    'notify.webhook': 'A signed request to a program of yours.',
    'notify.webhook.url_env': 'The environment variable that holds its address.',
    'notify.webhook.secret_env': 'The environment variable that holds the key of the signature.',
    'notify.slack': 'A channel in Slack.',
    'notify.slack.url_env': 'The environment variable that holds the address of the incoming webhook.',
    'notify.discord': 'A channel in Discord.',
    'notify.discord.url_env': 'The environment variable that holds the address of the webhook.',
    'notify.teams': 'A channel in Teams.',
    'notify.teams.url_env': 'The environment variable that holds the address of the webhook.',
    'notify.email': 'A mailing list.',
    'notify.email.to': 'The address of the list.',
    'notify.email.from': 'Who it comes from: Example Status <status@example.com>.',
    'notify.email.smtp_env': 'The environment variable that holds the address of the mail server.',
    people: 'GitHub logins by the names that lead and comms use, for reminders.',
    repository: 'Where the content is kept on GitHub: for the form at /compose/.',
    'repository.github': 'Its owner and name: example/status.',
    'repository.branch': 'The branch that is published. Left out, main.',
    'repository.content': 'The content folder, from the root of the repository. Left out, content.',
    compose: 'false takes the form at /compose/ off the page.',
    internal: 'Ends of your internal host names, which must not be in public texts.',
    allow: 'Texts that are public on purpose, and files that may hold what check warns of.',
    changed: 'Of a page that moved over: when it last changed before.',
  },
  components: {
    components: 'Components without a group, shown first.',
    groups: 'Components under a heading.',
    'groups.name': 'The heading.',
    'groups.components': 'What is below it.',
    ...component('components.'),
    ...component('groups.components.'),
  },
};

function component(before: string): Descriptions {
  return {
    [`${before}id`]: 'Part of addresses, and what updates name it by: lower-case letters, digits and hyphens.',
    [`${before}name`]: 'What customers call it.',
    [`${before}description`]: 'What it is, in a few words.',
    [`${before}since`]: 'The first day that counts for uptime: 2026-01-01.',
    [`${before}retired`]: 'true keeps it for old incidents and takes it off the page.',
    [`${before}showcase`]: 'false hides its days and its uptime.',
    [`${before}created`]: 'Of a page that moved over: when it was first there.',
    [`${before}changed`]: 'Of a page that moved over: when its status last changed.',
  };
}

type JsonSchema = z.core.JSONSchema.JSONSchema;

const files = {
  site: { schema: siteSettingsSchema, title: 'site.yml of Halfpast' },
  components: { schema: componentsFileSchema, title: 'components.yml of Halfpast' },
  'incident-update': { schema: incidentUpdateSchema, title: 'Front matter of an update of an incident' },
  'maintenance-update': { schema: maintenanceUpdateSchema, title: 'Front matter of an update of a maintenance' },
  postmortem: { schema: postmortemSchema, title: 'Front matter of a postmortem' },
  template: { schema: templateSchema, title: 'Front matter of a template' },
} as const;

/** A schema below another: what a list or a map holds stands in the place of the list itself. */
const inner = (schema: unknown): JsonSchema | null =>
  typeof schema === 'object' && schema !== null && !Array.isArray(schema) ? (schema as JsonSchema) : null;

/** Says at each field what it is for, and gives the paths of those of which nothing is said. */
function describe(schema: JsonSchema, said: Readonly<Record<string, string>>, path: string): string[] {
  const items = inner(schema.items);
  const below = items === null ? [] : describe(items, said, path);
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const at = path === '' ? name : `${path}.${name}`;
    const child = inner(property);
    if (child === null) return [];
    const text = said[at];
    if (text !== undefined) child.description = text;
    return [...(text === undefined ? [at] : []), ...describe(child, said, at)];
  });
  return [...below, ...own];
}

type EditorSchema = { readonly name: string; readonly text: string; readonly undescribed: readonly string[] };

/**
 * JSON Schemas (draft 7, which the YAML language server reads) of what people write, from the schemas
 * that `check` uses. They know fields, words and kinds; what a text must look like only `check` knows.
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
 * Snippets for VS Code: it completes front matter in markdown with nothing installed but these, where
 * the YAML language server does not look. The words are those of the vocabulary.
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
