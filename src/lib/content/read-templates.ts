import type { Template, TemplateFields } from '../domain/template.ts';
import { type IncidentStatus, incidentStatuses } from '../domain/vocabulary.ts';
import { slugForm, slugify } from '../schema/components-file.ts';
import { quote } from '../schema/text.ts';
import { templateSchema } from '../schema/update-file.ts';
import { markdownProblems } from './body.ts';
import type { ContentTree } from './content-tree.ts';
import { readMarkdownFile } from './front-matter.ts';
import { fileProblem, type Problem, type SourceFile } from './problem.ts';
import { unknownComponents } from './read-components.ts';
import { fieldProblem, type ReadContext } from './update-folder.ts';
import { validate } from './yaml.ts';

function template(name: string, kind: Template['kind'], label: string, fields: TemplateFields, ...paragraphs: readonly string[]): Template {
  return { name, kind, label, fields, body: paragraphs.join('\n\n') };
}

/**
 * The texts that Halfpast brings. A file of the same name in `content/templates` takes the place of one.
 * Each says what fails, for whom, what still works, and what happens next; a blank says what belongs there.
 */
export const builtInTemplates: readonly Template[] = [
  template('investigating', 'incident', 'Something is wrong and we are looking into it', { status: 'investigating', customer_data: 'under_review' },
    '{{what does not work}} for {{whom}}, since about {{time}}. {{what still works, or what to use instead}}',
    'We are looking into it, and we are checking first whether customer data is affected.'),
  template('identified', 'incident', 'We know the cause', { status: 'identified' },
    'We know the cause: {{one sentence in plain words}}.',
    'We are {{what is being done now}}. We expect {{what changes for customers, and by when}}, and we say here if that changes.'),
  template('no-news', null, 'No news, but we said we would write', {},
    'There is no change since the last update: {{what does not work}} still does not work, and {{what works}} still does.',
    'We are {{what is being tried right now}}.'),
  template('provider', 'incident', 'A provider of ours has an outage', { status: 'identified' },
    '{{what does not work}}, because {{the provider}}, which we use for {{what}}, has an outage: {{the address of their status page}}',
    'We are {{what we do meanwhile}}. {{what customers can do until then}}'),
  template('closed-to-protect-data', 'incident', 'We have closed it to protect customer data', { status: 'investigating', impact: 'critical', customer_data: 'under_review' },
    'At {{time}} we closed {{what}} on purpose, to keep customer data safe. {{why: what we know and what we do not know yet}}',
    '{{what keeps working}} {{what happens to orders already placed}}',
    'Our order is: customer data is safe, you are told what we know, and only then service is restored.'),
  template('customer-data-safe', 'incident', 'Customer data is safe, repairs go on', { status: 'identified', customer_data: 'unaffected' },
    'Customer data is safe. We have checked {{which systems, which records, from when to when}}, and nobody saw, changed or lost anything that is not theirs.',
    '{{what does not work}} is still being repaired.'),
  template('monitoring', 'incident', 'It works again and we are watching', { status: 'monitoring' },
    '{{what was broken}} works again since {{time}}. {{what was done}}',
    'We are watching {{what exactly}} until {{when}} before we call this resolved.'),
  template('reopened', 'incident', 'We said too early that it was over', { status: 'investigating' },
    'We said too early that this was over. Since {{time}}, {{what fails again, and for whom}}.',
    'We have opened the incident again and are finding out {{what is different this time}}.'),
  template('resolved', 'incident', 'It is over', { status: 'resolved' },
    '{{what was broken}} has worked for {{how long}}. From {{when}} to {{when}}, {{how many customers, orders or payments}} were affected: {{in what way}}.',
    '{{what happens for those who lost something, or: nobody has to do anything}}',
    '{{what we have changed already}} A full account follows here.'),
  template('scheduled', 'maintenance', 'Planned work is announced', { status: 'scheduled' },
    'We are {{what is done, and why}}. During this time {{what will not work, and for how long}}; {{what keeps working}}.',
    '{{what customers should do before, or: nobody has to do anything}}'),
  template('maintenance-longer', 'maintenance', 'Planned work takes longer', { status: 'in_progress' },
    'The work takes longer than planned, because {{why}}. {{what does not work until then}}',
    'We now expect to be done by {{when}}.'),
  template('maintenance-done', 'maintenance', 'Planned work is done', { status: 'completed' },
    'The work is done, and everything works. {{what is different for customers now}}'),
];

/** The folder of the content's own templates. */
export const templatesFolder = 'templates';

type Read = { readonly template: Template | null; readonly problems: readonly Problem[] };

function nameProblem(path: string): Problem | null {
  const file = path.slice(templatesFolder.length + 1);
  if (file.includes('/')) return fileProblem(path, `is too deep. Move it up to ${templatesFolder}/`);
  if (!file.endsWith('.md')) return fileProblem(path, 'is not a template: those are .md files. Delete it or move it out of the content folder');
  const name = file.slice(0, -'.md'.length);
  if (slugForm.test(name)) return null;
  return fileProblem(path, `${quote(name)} cannot be typed as the name of a template. Rename it to ${slugify(name) || 'we-are-looking'}.md`);
}

const isOfIncident = (status: string): status is IncidentStatus => incidentStatuses.some((word) => word === status);

/** `next-update` is told as `Next update`. */
function labelOf(name: string): string {
  const words = name.replaceAll('-', ' ');
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

/** Reads one template. */
function readTemplate(source: SourceFile, { timeZone, componentIds }: Pick<ReadContext, 'timeZone' | 'componentIds'>): Read {
  const refused = (...problems: Problem[]): Read => ({ template: null, problems });
  const { path } = source;
  const misnamed = nameProblem(path);
  if (misnamed !== null) return refused(misnamed);
  const file = readMarkdownFile(source);
  if ('problems' in file) return refused(...file.problems);
  const { text, matter } = file;
  const result = validate(templateSchema(timeZone), matter, path);
  const told = matter.problems.map(({ field }) => field);
  const unknown = unknownComponents(matter, path, componentIds).filter(({ field }) => !told.includes(field));
  const problems = [...unknown, ...markdownProblems(text, matter.body, path)];
  if ('problems' in result) return refused(...result.problems, ...problems);
  const { label, ...fields } = result.value;
  const { status } = fields;
  const kind = status === undefined ? null : isOfIncident(status) ? 'incident' : 'maintenance';
  if (kind === 'maintenance') {
    const foreign = (['impact', 'customer_data', 'next_update', 'remedy'] as const).filter((field) => fields[field] !== undefined);
    problems.push(...foreign.map((field) => fieldProblem({ path, locate: matter.locate }, field, `says nothing about maintenance, to which ${quote(status)} belongs. Delete the line`)));
  }
  if (problems.length > 0) return refused(...problems);
  const name = path.slice(templatesFolder.length + 1, -'.md'.length);
  return { template: { name, label: label ?? labelOf(name), kind, fields, body: matter.body }, problems };
}

/**
 * The templates there are: those of the content, and those that Halfpast brings and the content does
 * not have under the same name; the content's first, each in the order of their names.
 */
export function readTemplates(
  tree: Pick<ContentTree, 'files'>,
  context: Pick<ReadContext, 'timeZone' | 'componentIds'>,
): { readonly templates: readonly Template[]; readonly problems: readonly Problem[] } {
  const files = tree.files.filter(({ path }) => path.startsWith(`${templatesFolder}/`));
  const read = files.map((file) => readTemplate(file, context));
  const own = read.flatMap(({ template }) => template ?? []);
  const names = files.map(({ path }) => path.slice(templatesFolder.length + 1, -'.md'.length));
  return {
    templates: [...own, ...builtInTemplates.filter(({ name }) => !names.includes(name))],
    problems: read.flatMap(({ problems }) => problems),
  };
}
