/**
 * The problems that GitHub's own parser and language service find in a workflow or an action. Their packages import
 * JSON in a way that Node doesn't support on its own, so Vite transforms them: vitest.system.config.ts.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validate } from '@actions/languageservice';
import type { FileProvider } from '@actions/workflow-parser/workflows/file-provider';
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { parse } from 'yaml';
import { root } from '../../support/halfpast.ts';

/** The inputs of the actions that the workflows use. GitHub itself would fetch them. */
const inputsOf: Readonly<Record<string, readonly string[]>> = {
  'actions/checkout': ['repository', 'ref', 'path', 'fetch-depth', 'persist-credentials'],
  'actions/setup-node': ['node-version', 'package-manager-cache'],
  'actions/cache/restore': ['path', 'key', 'restore-keys'],
  'actions/cache/save': ['path', 'key'],
  'actions/upload-pages-artifact': ['name', 'path'],
  'actions/upload-artifact': ['name', 'path', 'if-no-files-found', 'retention-days'],
  'actions/download-artifact': ['name', 'path', 'pattern', 'merge-multiple', 'run-id', 'github-token'],
};

const actionsMetadataProvider = {
  fetchActionMetadata: ({
    owner,
    name,
    path,
  }: {
    readonly owner: string;
    readonly name: string;
    readonly path?: string;
  }) => {
    const inputs = inputsOf[[owner, name, path].filter((part) => part !== undefined && part !== '').join('/')];
    if (inputs === undefined) throw new Error(`${owner}/${name} is not among the actions that are used here`);
    return Promise.resolve({
      name,
      description: '',
      inputs: Object.fromEntries(inputs.map((input) => [input, { description: '', required: false }])),
    });
  },
};

/** The workflows in this repository, even if another repository calls them. */
const fileProvider: FileProvider = {
  getFileContent: ({ path }) =>
    Promise.resolve({ name: path, content: readFileSync(join(root, path.replace(/^\.\//, '')), 'utf8') }),
};

let documents = 0;

/** Returns one line per problem. `name` is the path in the repository. */
export async function gitHubSays(file: string, name: string): Promise<string[]> {
  const content = readFileSync(file, 'utf8');
  // The language service caches documents by address.
  documents += 1;
  const document = TextDocument.create(`file:///${documents}/${name}`, 'yaml', 1, content);
  const noted = (await validate(document, { actionsMetadataProvider, fileProvider })).map(
    ({ range, message }) => `${name}:${range.start.line + 1}  ${message}`,
  );
  if (!name.includes('/workflows/')) return noted;
  const { context, value } = parseWorkflow({ name, content }, new NoOperationTraceWriter());
  const parsed = context.errors.getErrors().map(({ message }) => `${name}  ${message}`);
  if (value === undefined) return [...noted, ...parsed];
  const template = await convertWorkflowTemplate(context, value, fileProvider, { fetchReusableWorkflowDepth: 2 });
  const jobs = Object.keys((parse(content) as { readonly jobs: object }).jobs).length;
  // `jobs` is missing if there are errors, despite its type.
  const understood = (template.jobs as typeof template.jobs | undefined)?.length ?? 0;
  const missed = understood === jobs ? [] : [`${name}  ${understood} of ${jobs} jobs were understood`];
  return [...noted, ...parsed, ...(template.errors ?? []).map(({ Message }) => `${name}  ${Message}`), ...missed];
}
