import type { Settings } from '../domain/settings.ts';
import type { Template } from '../domain/template.ts';
import { type IncidentStatus, incidentStatuses } from '../domain/vocabulary.ts';
import { slugForm, slugify } from '../schema/components-file.ts';
import { quote } from '../schema/text.ts';
import { templateSchema } from '../schema/update-file.ts';
import type { Words } from '../words/en.ts';
import { wordsFor } from '../words/words.ts';
import { markdownProblems } from './body.ts';
import type { ContentTree } from './content-tree.ts';
import { readMarkdownFile } from './front-matter.ts';
import { fieldProblem, fileProblem, type Problem, type SourceFile } from './problem.ts';
import { unknownComponents } from './read-components.ts';
import type { ReadContext } from './update-rules.ts';
import { validate } from './yaml.ts';

type BuiltIn = Pick<Template, 'kind' | 'fields'>;

const builtIn: Readonly<Record<keyof Words['templates'], BuiltIn>> = {
  investigating: { kind: 'incident', fields: { status: 'investigating', customer_data: 'under_review' } },
  identified: { kind: 'incident', fields: { status: 'identified' } },
  'no-news': { kind: null, fields: {} },
  provider: { kind: 'incident', fields: { status: 'identified' } },
  'closed-to-protect-data': {
    kind: 'incident',
    fields: { status: 'investigating', impact: 'critical', customer_data: 'under_review' },
  },
  'customer-data-safe': { kind: 'incident', fields: { status: 'identified', customer_data: 'unaffected' } },
  monitoring: { kind: 'incident', fields: { status: 'monitoring' } },
  reopened: { kind: 'incident', fields: { status: 'investigating' } },
  resolved: { kind: 'incident', fields: { status: 'resolved' } },
  scheduled: { kind: 'maintenance', fields: { status: 'scheduled' } },
  'maintenance-longer': { kind: 'maintenance', fields: { status: 'in_progress' } },
  'maintenance-done': { kind: 'maintenance', fields: { status: 'completed' } },
};

/** Returns the built-in templates. A file with the same name in `content/templates` replaces one. */
export function builtInTemplates(words: Words): readonly Template[] {
  return Object.entries(words.templates).map(([name, { label, body }]) => ({
    ...builtIn[name as keyof Words['templates']],
    name,
    label,
    body: body.join('\n\n'),
  }));
}

/** The folder with the content's own templates. */
export const templatesFolder = 'templates';

type Read = { readonly template: Template | null; readonly problems: readonly Problem[] };

function nameProblem(path: string): Problem | null {
  const file = path.slice(templatesFolder.length + 1);
  if (file.includes('/')) return fileProblem(path, `is nested too deeply. Move it up to ${templatesFolder}/`);
  if (!file.endsWith('.md'))
    return fileProblem(
      path,
      'is not a template, which must be an .md file. Delete it or move it out of the content folder',
    );
  const name = file.slice(0, -'.md'.length);
  if (slugForm.test(name)) return null;
  return fileProblem(
    path,
    `${quote(name)} is not a valid template name. Rename the file to ${slugify(name) || 'we-are-looking'}.md`,
  );
}

const isOfIncident = (status: string): status is IncidentStatus => incidentStatuses.some((word) => word === status);

/** Converts `next-update` to `Next update`. */
function labelOf(name: string): string {
  const words = name.replaceAll('-', ' ');
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

/** Reads a template. */
function readTemplate(
  source: SourceFile,
  { timeZone, componentIds }: Pick<ReadContext, 'timeZone' | 'componentIds'>,
): Read {
  const refused = (...problems: Problem[]): Read => ({ template: null, problems });
  const { path } = source;
  const misnamed = nameProblem(path);
  if (misnamed !== null) return refused(misnamed);
  const file = readMarkdownFile(source);
  if ('problems' in file) return refused(...file.problems);
  const { text, matter } = file;
  const result = validate(templateSchema(timeZone), matter, path);
  const unknown = unknownComponents(matter, path, componentIds);
  const problems = [...unknown, ...markdownProblems(text, matter.body, path)];
  if ('problems' in result) return refused(...result.problems, ...problems);
  const { label, ...fields } = result.value;
  const { status } = fields;
  const kind = status === undefined ? null : isOfIncident(status) ? 'incident' : 'maintenance';
  if (kind === 'maintenance') {
    const foreign = (['impact', 'customer_data', 'next_update', 'remedy'] as const).filter(
      (field) => fields[field] !== undefined,
    );
    problems.push(
      ...foreign.map((field) =>
        fieldProblem(
          { path, locate: matter.locate },
          field,
          `does not apply to maintenance, and ${quote(status)} is a maintenance status. Delete the line`,
        ),
      ),
    );
  }
  if (problems.length > 0) return refused(...problems);
  const name = path.slice(templatesFolder.length + 1, -'.md'.length);
  return { template: { name, label: label ?? labelOf(name), kind, fields, body: matter.body }, problems };
}

/**
 * Returns all templates: first the content's own, then the built-in ones that it doesn't replace. Both are
 * sorted by name.
 */
export function readTemplates(
  tree: Pick<ContentTree, 'files'>,
  { locale, ...context }: Pick<ReadContext, 'timeZone' | 'componentIds'> & Pick<Settings, 'locale'>,
): { readonly templates: readonly Template[]; readonly problems: readonly Problem[] } {
  const files = tree.files.filter(({ path }) => path.startsWith(`${templatesFolder}/`));
  const read = files.map((file) => readTemplate(file, context));
  const own = read.flatMap(({ template }) => template ?? []);
  const names = files.map(({ path }) => path.slice(templatesFolder.length + 1, -'.md'.length));
  return {
    templates: [...own, ...builtInTemplates(wordsFor({ locale })).filter(({ name }) => !names.includes(name))],
    problems: read.flatMap(({ problems }) => problems),
  };
}
