import type { ComponentStates, CustomerData, Impact, IncidentStatus, MaintenanceStatus } from './vocabulary.ts';

/** What a template suggests for the front matter of an update, as it would be typed there; left out, nothing. */
type TemplateFields = {
  readonly title?: string | undefined;
  readonly status?: IncidentStatus | MaintenanceStatus | undefined;
  readonly impact?: Impact | undefined;
  readonly components?: ComponentStates | undefined;
  readonly customer_data?: CustomerData | undefined;
  readonly next_update?: string | undefined;
  readonly remedy?: string | undefined;
};

/** A text to begin an update with. */
export type Template = {
  /** Its file name without the ending: how it is asked for. */
  readonly name: string;
  /** What people choose it by. */
  readonly label: string;
  /** What its status belongs to; null without a status, when it suits both. */
  readonly kind: 'incident' | 'maintenance' | null;
  readonly fields: TemplateFields;
  /** Markdown with blanks, as `{{what does not work}}`. */
  readonly body: string;
};

/** Something in an update's text that is still to be filled in. */
type Blank = {
  /** What belongs there, as `what does not work`. */
  readonly name: string;
  /** Where it begins in the text. */
  readonly at: number;
  /** As it stands there, braces included. */
  readonly written: string;
};

// Not `{{<` and `{{%`, which are Hugo's, nor `${{`, which is GitHub's; not behind a backslash, which in markdown stands
// for the brace itself.
const form = /(?<![\\$])\{\{\s*([^{}<>%\s](?:[^{}]*[^{}\s])?)\s*\}\}/g;

/** Markdown's code, in which braces are braces. */
const code = /(?<!`)(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g;

const hide = (code: string): string => code.replaceAll(/\S/g, ' ');

const listItem = /^ {0,3}(?:[-*+]|\d{1,9}[.)])\s/;

/** The text with indented code made blank. Below a list item, indented lines are part of the item instead. */
function withoutIndentedCode(text: string): string {
  let [isAfterBlank, isInList] = [true, false];
  const lines = text.split('\n').map((line) => {
    if (line.trim() === '') {
      isAfterBlank = true;
      return line;
    }
    const isIndented = /^(?: {4}| {0,3}\t)/.test(line);
    if (isIndented && isAfterBlank && !isInList) return hide(line);
    isInList = listItem.test(line) || (isInList && (/^\s/.test(line) || !isAfterBlank));
    isAfterBlank = false;
    return line;
  });
  return lines.join('\n');
}

/** The blanks of a text, in their order. Code and escaped braces have none. */
export function blanksIn(text: string): Blank[] {
  if (!text.includes('{{')) return [];
  const readable = withoutIndentedCode(text.replaceAll(code, hide));
  return [...readable.matchAll(form)].map((match) => ({ name: match[1] ?? '', at: match.index, written: match[0] }));
}

/** A text that was published long ago, with its braces meant as they stand; it looks the same on the page. */
export function withoutBlanks(text: string): string {
  return blanksIn(text)
    .toReversed()
    .reduce((kept, { at }) => `${kept.slice(0, at)}\\{\\${kept.slice(at + 1)}`, text);
}

/** What blanks may be filled with by the program: text by name. Undefined leaves the blank to the person. */
export type BlankValues = Readonly<Record<string, string | undefined>>;

/** A template's text with those blanks filled in of which the value is known. */
export function fillBlanks(text: string, values: BlankValues): string {
  return blanksIn(text)
    .toReversed()
    .reduce((filled, { name, at, written }) => {
      const value = Object.hasOwn(values, name) ? values[name] : undefined;
      return value === undefined ? filled : `${filled.slice(0, at)}${value}${filled.slice(at + written.length)}`;
    }, text);
}

/** A text without those blanks that are a whole sentence. For others, the words around them would have to change. */
export function dropBlanks(text: string, names: readonly string[]): string {
  return blanksIn(text)
    .filter(({ name }) => names.includes(name))
    .toReversed()
    .reduce((kept, { at, written }) => {
      const [before, after] = [kept.slice(0, at), kept.slice(at + written.length)];
      const begins = /(?:^|\n|[.!?]\s+|\}\}\s+)[ \t]*$/.test(before);
      const [end] = /^[.!?]?(?:[ \t]*(?=\n|$)|[ \t]+(?=\p{Lu}|\{\{))/u.exec(after) ?? [];
      if (!begins || end === undefined) return kept;
      const rest = after.slice(end.length);
      return /(?:^|\n)[ \t]*$/.test(before) ? `${before}${rest.trimStart()}` : `${before.trimEnd()} ${rest}`;
    }, text)
    .trim();
}

/**
 * When a template is chosen: to open an incident, to add to one, to end it, to announce maintenance, to add to that.
 */
export type TemplateUse = 'open' | 'update' | 'resolve' | 'schedule' | 'maintenance';

/** Whether a template is of use there. */
export function suits({ kind, fields: { status } }: Template, use: TemplateUse): boolean {
  switch (use) {
    case 'open':
      return kind === 'incident' && status !== 'resolved';
    case 'update':
      return kind !== 'maintenance';
    case 'resolve':
      return status === 'resolved';
    case 'schedule':
      return status === 'scheduled';
    case 'maintenance':
      return kind !== 'incident';
  }
}
