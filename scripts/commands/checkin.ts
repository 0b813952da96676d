import { relative } from 'node:path';
import { isOpen } from '../../src/lib/domain/incident.ts';
import { isoTime } from '../../src/lib/domain/calendar.ts';
import { timeWithOffset } from '../../src/lib/views/time.ts';
import { defineCommand } from '../cli/command.ts';
import { type ContentFolder, openContent } from '../cli/content.ts';
import type { Context } from '../cli/context.ts';
import { UserError } from '../cli/errors.ts';
import { wrapText } from '../cli/text.ts';
import { gitIn, typedGit } from '../github/git.ts';
import { readLastGood } from '../publish/last-good.ts';
import { sendToTeam } from '../publish/remind/send.ts';
import {
  answersFor,
  checkInText,
  logFiles,
  plainCheckIn,
  whyNotPrivate,
  writeAndCommit,
  writeLocally,
} from '../write/check-ins.ts';
import { chooseIncident } from '../write/choose-incident.ts';

/** Sends a check-in to the team's destinations. Returns a line for each, or one if there are none. */
async function mirror(title: string, text: string, content: ContentFolder, context: Context): Promise<string[]> {
  const git = gitIn(content.path, context);
  const search = { folders: [(await git.prefix()) ?? ''], shown: content.folder, now: content.now, git, before: null };
  try {
    const { site } = await readLastGood(content.tree, search);
    return await sendToTeam({ about: 'check-in', title: `Check-in: ${title}`, text }, site, context);
  } catch (error) {
    if (error instanceof UserError) return [`Not sent to the team: ${error.message}`];
    throw error;
  }
}

export const checkin = defineCommand({
  name: 'checkin',
  summary: 'Log a check-in, for the team only',
  details:
    'Adds a line to a log that is never published. In a private repository on GitHub, it is log/<incident>.md, committed and pushed. Otherwise, it is log/local/<incident>.md, which stays on this machine, and the line is also sent to the private places under remind: in site.yml. status shows the newest line, and postmortem offers each line for the draft. In a terminal, it asks for the four options below; each is optional.',
  args: ['incident'],
  options: {
    known: { value: 'TEXT', help: 'what the team knows now' },
    next: { value: 'TEXT', help: 'what the team tries next' },
    'help-needed': { value: 'TEXT', help: 'who needs help, and with what' },
    data: { value: 'TEXT', help: 'what is known about customer data' },
  },
  examples: [
    {
      line: 'npx halfpast checkin --known "Only cards from one bank fail." --next "Turn off the new gateway."',
      says: 'the only open incident; without flags, it asks',
    },
    {
      line: 'npx halfpast checkin checkout-errors --help-needed "Someone who knows the gateway." --data "Not affected."',
      says: 'an incident by part of its name',
    },
  ],
  run: async (call, context) => {
    const { known, next, data, 'help-needed': help } = call.options;
    const content = await openContent(call.content, call.now(), context);
    const refusal = (slug: string): string => `${slug} is maintenance, which has no check-ins. Name an incident`;
    const incident = await chooseIncident(call.args[0], refusal, content, context);
    const { slug, title } = incident;
    if (!isOpen(incident)) throw new UserError(`${slug} is resolved, so the team no longer checks in`);
    const text = checkInText(await answersFor({ known, next, help, data }, context.ask));
    const checkIn = { at: call.now(), text };
    const files = await logFiles(content.path, slug, context);
    const why = await whyNotPrivate(content.path, context);
    const notes: string[] = [];
    if (why === null) {
      const howTyped = (): Promise<string> => typedGit(content.folder, context);
      notes.push(await writeAndCommit(files, title, checkIn, howTyped, context));
    } else {
      await writeLocally(files, title, checkIn, context);
      notes.push(
        `Kept on this machine only, because ${why}.`,
        ...(await mirror(title, plainCheckIn(text), content, context)),
      );
    }
    if (incident.customerData === null)
      notes.push(
        `Customers haven't read yet whether their data is safe. Until you know: npx halfpast update ${slug} --customer-data under_review`,
      );
    const shown = relative(context.cwd, why === null ? files.shared : files.local);
    const line = `${timeWithOffset(checkIn.at, checkIn.at, content.settings)} ${plainCheckIn(text)}`;
    context.stdout(
      call.json
        ? `${JSON.stringify({ file: shown, incident: slug, at: isoTime(checkIn.at), text, committed: why === null, notes })}\n`
        : `${[`Written to ${shown}`, '', line, '', ...notes].map((one) => wrapText(one, context.columns)).join('\n')}\n`,
    );
    return 0;
  },
});
