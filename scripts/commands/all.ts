import type { CommandDefinition } from '../cli/command.ts';

/**
 * All commands by name, in the order of the help: the course of an incident, then the rest. Commands are loaded on
 * demand, because loading all of them takes a second.
 */
const files: Readonly<Record<string, () => Promise<CommandDefinition>>> = {
  open: async () => (await import('./open.ts')).open,
  update: async () => (await import('./update.ts')).update,
  edit: async () => (await import('./edit.ts')).edit,
  checkin: async () => (await import('./checkin.ts')).checkin,
  'hand-over': async () => (await import('./hand-over.ts')).handOver,
  resolve: async () => (await import('./resolve.ts')).resolve,
  postmortem: async () => (await import('./postmortem.ts')).postmortem,
  schedule: async () => (await import('./schedule.ts')).schedule,
  status: async () => (await import('./status.ts')).status,
  drill: async () => (await import('./drill.ts')).drill,
  reply: async () => (await import('./reply.ts')).reply,
  card: async () => (await import('./card.ts')).card,
  check: async () => (await import('./check.ts')).check,
  build: async () => (await import('./build.ts')).build,
  guard: async () => (await import('./guard.ts')).guard,
  verify: async () => (await import('./verify.ts')).verify,
  doctor: async () => (await import('./doctor.ts')).doctor,
  notify: async () => (await import('./notify.ts')).notify,
  alert: async () => (await import('./alert.ts')).alert,
  post: async () => (await import('./post.ts')).post,
  remind: async () => (await import('./remind.ts')).remind,
  watch: async () => (await import('./watch.ts')).watch,
  publish: async () => (await import('./publish.ts')).publish,
  'publish prepare': async () => (await import('./publish-prepare.ts')).publishPrepare,
  'publish deploy': async () => (await import('./publish-deploy.ts')).publishDeploy,
  rollback: async () => (await import('./rollback.ts')).rollback,
  preview: async () => (await import('./preview.ts')).preview,
  'preview post': async () => (await import('./preview-post.ts')).previewPost,
  start: async () => (await import('./start.ts')).start,
  dev: async () => (await import('./dev.ts')).dev,
  init: async () => (await import('./init.ts')).init,
  'set-up': async () => (await import('./set-up.ts')).setUp,
  'set-up publish': async () => (await import('./set-up-publish.ts')).setUpPublish,
  'import statuspage': async () => (await import('./import-statuspage.ts')).importStatuspage,
  'import cstate': async () => (await import('./import-cstate.ts')).importCstate,
  'import upptime': async () => (await import('./import-upptime.ts')).importUpptime,
};

/** Loads them one by one: Node can't load a CommonJS package while its ES module is being imported. */
async function load(names: readonly string[]): Promise<CommandDefinition[]> {
  const loaded: CommandDefinition[] = [];
  for (const name of names) {
    const command = await files[name]?.();
    if (command !== undefined) loaded.push(command);
  }
  return loaded;
}

export function allCommands(): Promise<readonly CommandDefinition[]> {
  return load(Object.keys(files));
}

/**
 * The commands that match a command line: those that start with its first word, or all for the help and for unknown
 * words.
 */
export async function commandsFor([first]: readonly string[]): Promise<readonly CommandDefinition[]> {
  if (first === '--version') return [];
  const meant = Object.keys(files).filter((name) => name.split(' ')[0] === first);
  return meant.length > 0 ? load(meant) : allCommands();
}
