import { createHash } from 'node:crypto';
import { dayOf } from '../../../src/domain/calendar.ts';
import { type ActionItem, actionState, type Postmortem } from '../../../src/domain/postmortem.ts';
import type { Site } from '../../../src/domain/site.ts';
import { absolute, paths } from '../../../src/views/links.ts';
import { asWritten, loginOf } from './person.ts';
import type { Lapse, Reminder } from './wanted.ts';

/** The same item with the same date lapses once; with a new date, it may lapse again. */
function lapse({ what, owner, due }: ActionItem, site: Site): Lapse {
  const key = createHash('sha256').update(`${what}\n${owner}`).digest('hex').slice(0, 12);
  const login = loginOf(owner, site.settings);
  const who = login === null ? asWritten(owner) : `@${login}`;
  return { key: `action:${due}:${key}`, text: `- **${asWritten(what)}** was due on ${due}: ${who}` };
}

function reminder(postmortem: Postmortem, overdue: readonly ActionItem[], site: Site): Reminder {
  const { slug, title, authors } = postmortem;
  const person = overdue[0]?.owner ?? authors[0] ?? null;
  return {
    about: `actions:${slug}`,
    title: `Overdue after: ${title}`,
    body: [
      `These were promised in [${asWritten(title)}](${absolute(site.settings, paths.postmortem(slug))}). When one is done, write the day behind \`done:\` in \`postmortems/${slug}.md\`; if it will be later, a new \`due:\`.`,
      'This issue closes when none is overdue.',
    ].join('\n\n'),
    lapses: overdue.map((action) => lapse(action, site)),
    person,
    login: loginOf(person, site.settings),
  };
}

/** A reminder for each published postmortem with overdue actions, by the calendar of the site's time zone. */
export function actionReminders(site: Site): Reminder[] {
  const today = dayOf(site.now, site.settings.timeZone);
  return site.postmortems.flatMap((postmortem) => {
    const overdue = postmortem.actions.filter((action) => actionState(action, today) === 'overdue');
    return overdue.length === 0 ? [] : [reminder(postmortem, overdue, site)];
  });
}
