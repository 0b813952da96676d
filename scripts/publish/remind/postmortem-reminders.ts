import { type Incident, isOpen } from '../../../src/domain/incident.ts';
import { day, type Duration, isoTime } from '../../../src/domain/instant.ts';
import { postmortemFacts } from '../../../src/domain/postmortem-facts.ts';
import { allComponents, type Site } from '../../../src/domain/site.ts';
import { absolute, paths } from '../../../src/views/links.ts';
import { postmortemDraft } from '../../drafting/postmortem-draft.ts';
import { dateWords, momentWords } from '../../drafting/time-words.ts';
import { addressed, asWritten, loginOf } from './person.ts';
import type { Draft, Reminder } from './wanted.ts';

/** Who begins with Halfpast, or with this, is not reminded of all that ever was. */
const lookBack: Duration = 90 * day;

type Resolved = Incident & { readonly resolvedAt: number };

/** Resolved incidents of which customers are owed an account, and have none yet. */
function untold(site: Site): Resolved[] {
  const told = new Set(site.postmortems.map(({ slug }) => slug));
  return site.incidents.flatMap((incident) => {
    const { slug, impact, resolvedAt, updates } = incident;
    const isGrave = impact === 'major' || impact === 'critical';
    // What was imported had its account elsewhere, or never will have.
    const isOwed = isGrave && updates[0].record.source === null && !told.has(slug);
    return isOpen(incident) || resolvedAt === null || !isOwed ? [] : [{ ...incident, resolvedAt }];
  });
}

/** Who writes it: the one who led, else the one who told customers. */
const authorOf = ({ lead, comms }: Incident): string | null => lead ?? comms;

/** A draft for each of them that has no file yet, while its time runs; later, the reminder speaks. */
export function drafts(site: Site, draftSlugs: readonly string[]): Draft[] {
  const { settings, now } = site;
  return untold(site).flatMap((incident) => {
    const facts = postmortemFacts(incident);
    const isLate = now >= incident.resolvedAt + settings.postmortemWithin;
    if (facts === null || isLate || draftSlugs.includes(incident.slug)) return [];
    const person = authorOf(incident);
    const text = postmortemDraft({
      incident,
      facts,
      title: incident.title,
      authors: [person?.replace(/^@/, '') ?? settings.name],
      // Where nobody said it, saying more than that it is looked into would be a guess.
      verdict: incident.customerData ?? 'under_review',
      remedy: incident.remedy,
      components: allComponents(site),
      timeZone: settings.timeZone,
    });
    return [
      {
        slug: incident.slug,
        title: incident.title,
        path: `postmortems/${incident.slug}.md`,
        text,
        person,
        login: loginOf(person, settings),
      },
    ];
  });
}

/** A reminder for each whose time is over. After a quarter of a year, one that is there stays, and none is made. */
export function postmortemReminders(site: Site): Reminder[] {
  const { settings, now } = site;
  return untold(site).flatMap((incident) => {
    const due = incident.resolvedAt + settings.postmortemWithin;
    if (now < due) return [];
    const { slug, title } = incident;
    const person = authorOf(incident);
    const login = loginOf(person, settings);
    const page = absolute(settings, paths.incident(slug));
    return [
      {
        about: `postmortem:${slug}`,
        title: `Publish the postmortem: ${title}`,
        body: [
          `For ${addressed(person, login)}. [${asWritten(title)}](${page}) was resolved on ${momentWords(incident.resolvedAt)}.`,
          `To draft it, if nobody has, and to publish it by replacing \`draft: true\` with \`published:\` and the time:\n\n\`\`\`\nnpx halfpast postmortem ${slug}\n\`\`\``,
          'This issue closes when it is published.',
        ].join('\n\n'),
        lapses:
          now >= incident.resolvedAt + lookBack
            ? []
            : [{ key: `due:${isoTime(due)}`, text: `A postmortem was due by **${dateWords(due)}**.` }],
        person,
        login,
      },
    ];
  });
}
