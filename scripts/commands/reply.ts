import { type Incident, isOpen } from '../../src/lib/domain/incident.ts';
import { defineCommand } from '../cli/command.ts';
import { type ContentFolder, openContent } from '../cli/content.ts';
import type { Context } from '../cli/context.ts';
import { oneLine, UserError } from '../cli/errors.ts';
import { chooseIncident } from '../write/choose-incident.ts';
import { replyTo } from '../write/reply.ts';

/** The given incident, or the open one, or the one that was resolved last, because customers still ask about it. */
async function incidentOf(given: string | undefined, content: ContentFolder, context: Context): Promise<Incident> {
  const known = content.incidents.flatMap(({ value }) => value ?? []);
  // An unreadable incident may be the open one.
  const isCertain = content.incidents.every(({ value }) => value !== null);
  if (given === undefined && isCertain && !known.some(isOpen)) {
    const [newest] = known.toSorted((a, b) => (b.resolvedAt ?? 0) - (a.resolvedAt ?? 0));
    if (newest !== undefined) return newest;
    throw new UserError('there is no incident to answer about. To report one: npx halfpast open');
  }
  return chooseIncident(given, (slug) => `${slug} is maintenance. Name an incident`, content, context);
}

export const reply = defineCommand({
  name: 'reply',
  summary: 'Print a short message for customers who ask about an incident',
  details:
    'The message has the latest update, whether customer data is safe, what is affected, the remedy, when to expect the next update, and the link, in the language of the page. If the promised update is overdue, the message says so. By default, it is about the open incident or, if none is open, the one resolved most recently.',
  args: ['incident'],
  options: {},
  examples: [
    { line: 'npx halfpast reply', says: 'about the open incident' },
    { line: 'npx halfpast reply slow-search', says: 'about another incident, by part of its name' },
  ],
  run: async (call, context) => {
    const content = await openContent(call.content, call.now(), context);
    const incident = await incidentOf(call.args[0], content, context);
    const { text, warning } = replyTo(incident, content);
    if (call.json) context.stdout(`${JSON.stringify({ incident: incident.slug, text, warning })}\n`);
    else {
      context.stdout(`${text}\n`);
      if (warning !== null) context.stderr(`\n${oneLine(warning)}\n`);
    }
    return 0;
  },
});
