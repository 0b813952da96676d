import type { Command } from '../cli/command.ts';
import { build } from './build.ts';
import { check } from './check.ts';
import { dev } from './dev.ts';
import { guard } from './guard.ts';
import { importStatuspage } from './import-statuspage.ts';
import { init } from './init.ts';
import { notify } from './notify.ts';
import { open } from './open.ts';
import { postmortem } from './postmortem.ts';
import { publish } from './publish.ts';
import { preview } from './preview.ts';
import { previewPost } from './preview-post.ts';
import { releasesBack } from './releases-back.ts';
import { releasesList } from './releases-list.ts';
import { releasesMay } from './releases-may.ts';
import { releasesRecord } from './releases-record.ts';
import { remind } from './remind.ts';
import { resolve } from './resolve.ts';
import { rollback } from './rollback.ts';
import { schedule } from './schedule.ts';
import { start } from './start.ts';
import { status } from './status.ts';
import { tell } from './tell.ts';
import { tick } from './tick.ts';
import { update } from './update.ts';
import { verify } from './verify.ts';

/** Every command, in the order in which the help lists them: an incident from its beginning, then the rest. */
export const commands: readonly Command[] = [
  open,
  update,
  resolve,
  postmortem,
  schedule,
  status,
  check,
  build,
  guard,
  verify,
  notify,
  remind,
  publish,
  rollback,
  preview,
  previewPost,
  tell,
  tick,
  releasesList,
  releasesRecord,
  releasesMay,
  releasesBack,
  start,
  dev,
  init,
  importStatuspage,
];
