import { resolve } from 'node:path';
import { second } from '../../src/lib/domain/calendar.ts';
import { remedyOf } from '../../src/lib/domain/owed.ts';
import { postmortemFacts } from '../../src/lib/domain/postmortem.ts';
import { causes, customerDataVerdicts } from '../../src/lib/domain/vocabulary.ts';
import { postmortemSchema } from '../../src/lib/schema/page-files.ts';
import { quote } from '../../src/lib/schema/text.ts';
import { postmortemDraft } from '../../src/lib/views/postmortem-draft.ts';
import { utcAndLocal } from '../../src/lib/views/time.ts';
import { count } from '../../src/lib/words/en.ts';
import { defineCommand } from '../cli/command.ts';
import { openContent } from '../cli/content.ts';
import { UserError } from '../cli/errors.ts';
import { fileStorage } from '../cli/system.ts';
import { gitIn } from '../github/git.ts';
import { requireFolder } from '../publish/hosts/folder.ts';
import { knownReleases } from '../publish/live-state.ts';
import { liveTimes } from '../publish/hosts/release-log.ts';
import { publishingOptions, requireFit } from '../write/options.ts';
import { checkInsOf } from '../write/check-ins.ts';
import {
  authorsFor,
  causeFor,
  confirmedCheckIns,
  incidentToExplain,
  postmortemFile,
  verdictFor,
} from '../write/postmortem.ts';
import { writeFile } from '../write/write-file.ts';

export const postmortem = defineCommand({
  name: 'postmortem',
  summary: 'Draft a postmortem from the timeline of an incident',
  details:
    'Writes postmortems/<incident>.md with the facts, the timeline and the questions to answer. In a terminal, it offers each check-in from the log for the timeline. The file is a draft. To publish it, replace "draft: true" with "published:" and the time.',
  args: ['incident'],
  options: {
    title: { value: 'TEXT', help: 'its title (default: the title of the incident)' },
    author: { repeatable: true, value: 'NAME', help: 'the author (default: the lead of the incident)' },
    'customer-data': {
      value: 'VERDICT',
      help: `${customerDataVerdicts.join(', ')} (default: from the incident)`,
    },
    cause: { value: 'KIND', help: `${causes.join(', ')} (default: none)` },
    remedy: { value: 'TEXT', help: 'what customers got to make up for it (default: from the incident)' },
    to: {
      value: 'DIR',
      help: 'the folder with the releases, on the server that publishes to it; shows when updates went live',
    },
    ...publishingOptions,
  },
  examples: [
    { line: 'npx halfpast postmortem slow-search', says: 'an incident by part of its name' },
    {
      line: 'npx halfpast postmortem order-emails-late --author Dana --author Priya --title "Why order emails came late" --customer-data unaffected --cause capacity',
      says: 'with authors, a title and a cause',
    },
  ],
  run: async (call, context) => {
    const { options } = call;
    const content = await openContent(call.content, call.now(), context);
    const incident = await incidentToExplain(call.args[0], content, context);
    const path = postmortemFile(incident.slug);
    if (content.tree.files.some((file) => file.path === path))
      throw new UserError(`${content.folder}/${path} already exists. Edit it, or delete it to start over`);
    const facts = postmortemFacts(incident);
    if (facts === null)
      throw new UserError(
        `${incident.slug} is still open. Resolve it first: npx halfpast resolve ${incident.slug} --message "…"`,
      );
    // Validate the flags before prompting.
    const filled = {
      title: options.title?.trim() ?? incident.title,
      authors: options.author.length === 0 ? ['-'] : options.author,
      summary: '-',
      cause: options.cause,
      remedy: options.remedy,
    };
    requireFit(
      { ...filled, customer_data: options['customer-data'] ?? 'unaffected' },
      postmortemSchema(content.settings.timeZone),
    );
    const authors = await authorsFor(incident, options.author, context);
    const verdict = await verdictFor(incident, options['customer-data'], context);
    const cause = await causeFor(filled.cause, context);
    const log = await checkInsOf(content.path, incident.slug, context);
    const checkIns = await confirmedCheckIns(log, content, context);
    const promised = remedyOf(incident, undefined);
    const terms = promised ?? { claim: null, claimUntil: null, remedied: null };
    const remedy = options.remedy === undefined ? promised : { ...terms, text: options.remedy };
    const git = gitIn(content.path, context);
    await git.fetch(10 * second);
    const shown = options.to ?? '';
    const to = options.to === undefined ? null : resolve(context.cwd, shown);
    if (to !== null) await requireFolder(to, shown, { storage: fileStorage });
    const releases = await knownReleases({ to, shown }, git, context);
    const text = postmortemDraft({
      incident,
      facts,
      title: filled.title,
      authors,
      verdict,
      cause,
      remedy,
      components: content.components,
      checkIns,
      zone: content.settings,
      live: releases === null ? null : liveTimes(releases, incident.slug),
    });
    const draft = {
      file: { path, text },
      slug: incident.slug,
      title: incident.title,
      permalink: null,
      commitMessage: `Postmortem draft: ${filled.title}`,
      notes: [
        `It is about the incident ${quote(incident.title)}, resolved at ${utcAndLocal(facts.endedAt, content.settings)}.`,
        ...(log.length > 0 && context.ask === null
          ? [
              `The team's log has ${count(log.length, 'check-in')}. In a terminal, this command offers them for the draft.`,
            ]
          : []),
        'It is a draft. Answer the questions; to publish, replace "draft: true" with "published:" and the time. "notify: true" then sends it to your followers.',
      ],
      asked: false,
    };
    return writeFile(draft, call, content, context);
  },
});
