import { join } from 'node:path';
import { bodyOf } from '../../src/lib/content/front-matter.ts';
import { parseUpdateName } from '../../src/lib/content/update-name.ts';
import { freeUpdateTime, markEdited, withBody } from '../../src/lib/content/write-content.ts';
import { publishedAt } from '../../src/lib/domain/calendar.ts';
import type { Incident, IncidentUpdate } from '../../src/lib/domain/incident.ts';
import type { Maintenance, MaintenanceUpdate } from '../../src/lib/domain/maintenance.ts';
import { quote } from '../../src/lib/schema/text.ts';
import { absolute, paths } from '../../src/lib/views/paths.ts';
import type { ContentFolder } from '../cli/content.ts';
import type { Context } from '../cli/context.ts';
import { UserError } from '../cli/errors.ts';
import { chooseUpdateFolder } from './choose-incident.ts';
import { expectedUpdate } from './draft-preview.ts';
import type { FileDraft } from './draft.ts';
import { MissingFlag } from './options.ts';
import { textQuestion } from './update-text.ts';

/** A published update to correct. */
export type Chosen = {
  readonly kind: 'incident' | 'maintenance';
  readonly of: Incident | Maintenance;
  readonly update: IncidentUpdate | MaintenanceUpdate;
  /** Its file, with its path relative to the content folder and its text. */
  readonly path: string;
  readonly text: string;
};

/** `content/incidents/x/2026-11-22T1405Z.md` and `x/2026-11-22T1405Z` name an update, `x` the newest one. */
function splitName(given: string): { readonly folder: string | null; readonly update: string | null } {
  const parts = given.replace(/\.md$|\/+$/, '').split('/');
  const last = parts.at(-1) ?? '';
  if (parseUpdateName(last) === null) return { folder: given, update: null };
  return { folder: parts.at(-2) ?? null, update: last };
}

/** The only folder with an update that has this name. Throws UserError. */
function folderWith(update: string, { incidents, maintenances, folder }: ContentFolder): string {
  const [only, ...more] = [...incidents, ...maintenances].filter(({ value }) =>
    value?.updates.some(({ record }) => record.id === update),
  );
  if (only === undefined) throw new UserError(`no update in ${folder} is named ${update}`);
  if (more.length === 0) return only.slug;
  throw new UserError(`more than one update is named ${update}. Add its incident: ${only.slug}/${update}`);
}

/** The update with this name; without a name, the newest one of the open incident. Throws UserError. */
export async function chooseUpdate(
  given: string | undefined,
  content: ContentFolder,
  context: Context,
): Promise<Chosen> {
  const { folder, update: name } = given === undefined ? { folder: null, update: null } : splitName(given);
  const slug = folder ?? (name === null ? undefined : folderWith(name, content));
  const chosen = await chooseUpdateFolder(slug, 'incident', content, context);
  const of = chosen.kind === 'incident' ? chosen.incident : chosen.maintenance;
  const all: readonly (IncidentUpdate | MaintenanceUpdate)[] = of.updates;
  const update = name === null ? all.at(-1) : all.find(({ record }) => record.id === name);
  if (update === undefined)
    throw new UserError(
      `${of.slug} has no update ${quote(name ?? '')}. Its updates: ${all.map(({ record }) => record.id).join(', ')}`,
    );
  const path = `${chosen.kind === 'incident' ? 'incidents' : 'maintenance'}/${of.slug}/${update.record.id}.md`;
  const bytes = content.tree.files.find((file) => file.path === path)?.bytes;
  return { kind: chosen.kind, of, update, path, text: new TextDecoder().decode(bytes) };
}

/** Opens a text in the user's editor, or in a prompt if none is set. Throws Cancelled, UserError. */
export async function editText({ text }: Chosen, context: Context): Promise<string> {
  const { ask, env, disk, cwd } = context;
  const editor = env['VISUAL'] ?? env['EDITOR'] ?? '';
  if (ask === null)
    throw new MissingFlag(
      (name) => `${name('message')} is missing. Type the corrected text, such as ${name('message', '"…"')}`,
    );
  if (editor === '') {
    const body = bodyOf(text)?.body.trim() ?? '';
    return withBody(text, await ask.paragraphs(textQuestion, { initial: body }));
  }
  const folder = join(env['TMPDIR'] ?? '/tmp', `halfpast-edit-${context.clock()}`);
  const file = join(folder, 'update.md');
  await disk.create(file, text);
  try {
    // Through a shell, as in Git, because $EDITOR can have arguments.
    const code = await context.runInTerminal('sh', ['-c', `${editor} "$1"`, editor, file], cwd, env);
    if (code !== 0) throw new UserError(`${editor} ended with exit code ${code}, so nothing was written`);
    return (await disk.read(file)) ?? text;
  } finally {
    await disk.remove(folder);
  }
}

/** The update with a corrected text, marked as edited. Throws UserError if nothing changed. */
export function editDraft(
  chosen: Chosen,
  edited: string,
  call: { readonly now: () => number },
  content: ContentFolder,
  asked: boolean,
): FileDraft {
  const { kind, of, update, path, text: replaces } = chosen;
  const { record } = update;
  const [first] = of.updates;
  const isFromAlert = 'key' in first.record && first.record.key !== null;
  if (edited.trimEnd() === replaces.trimEnd()) throw new UserError('nothing was changed, so nothing was written');
  const at = freeUpdateTime(call.now(), record.edited, { earliest: publishedAt(record) });
  if (at === null) throw new UserError(`${path} was edited in the future. Correct the clock of this machine`);
  const text = markEdited(edited, at);
  const draft = {
    file: { path, text },
    replaces,
    slug: of.slug,
    title: of.title,
    permalink: `${absolute(content.settings, paths[kind](of.slug))}#${record.id}`,
    // As in other drafts, the title may come from a monitor.
    commitMessage: `Edit: ${isFromAlert ? of.slug : of.title}`,
    asked,
  };
  const facts = (file: FileDraft['file']): string | undefined =>
    expectedUpdate({ ...draft, notes: [], file }, content, call.now())?.facts;
  const allowed = facts({ path, text: replaces }) === facts(draft.file);
  return {
    ...draft,
    notes: allowed
      ? []
      : [
          `This changes its times or statuses, which usually calls for a new update. To publish it anyway, the commit message needs this line: Halfpast-Allow: edit ${of.slug}/${record.id}`,
        ],
    message: bodyOf(edited)?.body.trim() ?? '',
    redraft: ({ message }) =>
      editDraft(chosen, message === undefined ? edited : withBody(edited, message), call, content, asked),
  };
}
