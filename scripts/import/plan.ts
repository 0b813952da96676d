import type { NewFile } from '../../src/lib/content/write-content.ts';
import type { IncidentStatus } from '../../src/lib/domain/vocabulary.ts';
import { quote } from '../../src/lib/schema/text.ts';
import { withoutHidden } from '../../src/lib/schema/hidden.ts';
import { label } from '../../src/lib/words/en.ts';

/** Notes a difference from the source. Each note starts with the file and line, or the index in a JSON file. */
export type Note = (text: string) => void;

/** What an import would write, and what it can't keep unchanged. */
export type Plan = {
  /** In writing order: the first update of a folder, which has the source, comes first. */
  readonly files: readonly NewFile[];
  /** Existing files to extend. */
  readonly edits: readonly NewFile[];
  /** The components to add to `components.yml`. */
  readonly added: readonly string[];
  readonly counts: Readonly<Record<'incidents' | 'incident_updates' | 'maintenances' | 'maintenance_updates', number>>;
  readonly notes: readonly string[];
  /** Changes that affect many entries, but no text that readers saw. */
  readonly remarks: readonly string[];
};

/** A name or title from another page, as one line without invisible characters. */
export const nameOf = (text: string): string => withoutHidden(text).trim().replaceAll(/\s+/g, ' ');

/**
 * Status words at the beginning of updates. Null is for an update that keeps the previous status. Case, spaces and
 * hyphens are ignored.
 */
const knownWords: readonly (readonly [status: IncidentStatus | 'postmortem' | null, words: readonly string[]])[] = [
  ['investigating', ['investigating', 'detected', 'reported', 'acknowledged']],
  ['identified', ['identified', 'issueidentified', 'rootcauseidentified']],
  ['monitoring', ['monitoring', 'fiximplemented', 'watching', 'observing']],
  ['resolved', ['resolved', 'fixed', 'solved', 'completed', 'closed', 'done']],
  [
    'postmortem',
    ['postmortem', 'postincident', 'postincidentreport', 'postincidentreview', 'rootcauseanalysis', 'rca'],
  ],
  [null, ['update', 'updates', 'updated', 'inprogress', 'scheduled', 'automatedsystemalert']],
];

export type StatusWord = {
  /** As in the text. */
  readonly word: string;
  readonly status: IncidentStatus | 'postmortem' | null;
  /** The text after it. */
  readonly rest: string;
};

/**
 * The emphasized status word at the beginning of a text, such as in `*Resolved* - All is well.` or `**Update:** …`;
 * null for other words.
 */
export function statusWord(text: string): StatusWord | null {
  const [, , word = '', rest = ''] =
    /^\s*(\*{1,3}|_{1,3})([^*_\n]{2,40}?)\s*\1[ \t]*(?:[:.–—-]+(?=\s|$))?\s*([^]*)$/.exec(text) ?? [];
  const plain = word.replace(/\s*[:.–—-]+$/, '');
  const key = plain.toLowerCase().replaceAll(/[\s-]/g, '');
  const found = knownWords.find(([, words]) => words.includes(key));
  return found === undefined ? null : { word: plain, status: found[0], rest };
}

/** The text of an update, without a status word that only repeats its status. */
export function withoutStatusWord(text: string, word: StatusWord | null, status: string): string {
  return word?.word.toLowerCase() === label(status).toLowerCase() ? word.rest || text : text;
}

/**
 * Makes the URLs of images on the other page absolute. If the other page's URL is unknown, the image becomes a link, so
 * that readers can at least ask about it.
 */
export function absoluteImages(body: string, baseUrl: string | null, note: Note): string {
  const whole = (address: string): string | null => {
    if (/^https:\/\//i.test(address)) return address;
    const found = baseUrl !== null && URL.canParse(address, `${baseUrl}/`) ? new URL(address, `${baseUrl}/`).href : '';
    return found.startsWith('https://') ? found : null;
  };
  const replace = (all: string, address: string, link: string, image: (found: string) => string): string => {
    const found = whole(address);
    if (found === address) return all;
    note(
      found === null
        ? `the image ${quote(address)} became a link, because its https address is unknown`
        : `the image ${quote(address)} is taken from ${found}`,
    );
    return found === null ? link : image(found);
  };
  return body
    .replaceAll(
      /!\[([^\]]*)\]\(\s*<?([^)\s>]+)>?((?:\s+"[^"]*")?)\s*\)/g,
      (all, alt: string, address: string, title: string) =>
        replace(all, address, `[${alt || address}](${address}${title})`, (found) => `![${alt}](${found}${title})`),
    )
    .replaceAll(/<img\b[^>]*?\ssrc\s*=\s*["']?([^"'\s>]+)[^>]*>/gi, (all, address: string) =>
      replace(all, address, `<a href="${address}">${address}</a>`, (found) => all.replace(address, () => found)),
    );
}

/** Halfpast's component ids, by the other page's codes. */
export type ComponentIds = ReadonlyMap<string, string>;

/** A component, as in `components.yml`. */
export type PlannedComponent = {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly since?: string;
  readonly retired?: true;
  readonly showcase?: false;
  readonly created?: string;
  readonly changed?: string;
};

/** `code` is the other page's identifier: an id, a name or a label. */
export type CodedComponent = { readonly code: string; readonly planned: PlannedComponent };

export type PlannedGroup = { readonly name: string; readonly components: readonly PlannedComponent[] };

export type PlannedComponents = {
  /** Whether the source has a complete list of components. */
  readonly isList: boolean;
  readonly ids: ComponentIds;
  /** The text of `components.yml`. */
  readonly file: { readonly components: readonly PlannedComponent[]; readonly groups: readonly PlannedGroup[] };
  /** The codes used in incidents and maintenance. */
  readonly used: ReadonlySet<string>;
  readonly all: readonly CodedComponent[];
};
