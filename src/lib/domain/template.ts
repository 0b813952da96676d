import type { ComponentStates, CustomerData, Impact, IncidentStatus, MaintenanceStatus } from './vocabulary.ts';

/** A template's suggestions for the front matter of an update, as they would be typed there. May omit any. */
type TemplateFields = {
  readonly title?: string | undefined;
  readonly status?: IncidentStatus | MaintenanceStatus | undefined;
  readonly impact?: Impact | undefined;
  readonly components?: ComponentStates | undefined;
  readonly customer_data?: CustomerData | undefined;
  readonly next_update?: string | undefined;
  readonly remedy?: string | undefined;
};

/** A text to start an update with. */
export type Template = {
  /** Its file name without extension, by which commands refer to it. */
  readonly name: string;
  /** The label that people see when they choose it. */
  readonly label: string;
  /** What its status applies to. Null without a status, which works for both. */
  readonly kind: 'incident' | 'maintenance' | null;
  readonly fields: TemplateFields;
  /** Markdown with blanks, such as `{{what does not work}}`. */
  readonly body: string;
};

/** A part of an update's text that still needs filling in. */
type Blank = {
  /** What belongs there, such as `what does not work`. */
  readonly name: string;
  /** Its position in the text. */
  readonly at: number;
  /** As written, including the braces. */
  readonly written: string;
};

// Excludes Hugo's `{{<` and `{{%`, GitHub's `${{`, and braces after a backslash, which Markdown shows literally.
const form = /(?<![\\$])\{\{\s*([^{}<>%\s](?:[^{}]*[^{}\s])?)\s*\}\}/g;

/** Markdown code, in which braces are literal. */
const code = /(?<!`)(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g;

const hide = (code: string): string => code.replaceAll(/\S/g, ' ');

const listItem = /^ {0,3}(?:[-*+]|\d{1,9}[.)])\s/;

/** Replaces indented code with spaces. Below a list item, indented lines are part of the item instead. */
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

/** Returns the blanks in a text, in order. Ignores code and escaped braces. */
export function blanksIn(text: string): Blank[] {
  if (!text.includes('{{')) return [];
  const readable = withoutIndentedCode(text.replaceAll(code, hide));
  return [...readable.matchAll(form)].map((match) => ({ name: match[1] ?? '', at: match.index, written: match[0] }));
}

/** Escapes the braces in a text that was published long ago and has no blanks. Looks the same on the page. */
export function withoutBlanks(text: string): string {
  return blanksIn(text)
    .toReversed()
    .reduce((kept, { at }) => `${kept.slice(0, at)}\\{\\${kept.slice(at + 1)}`, text);
}

/** Values that the program fills in, by name of the blank. Undefined leaves a blank to the author. */
export type BlankValues = Readonly<Record<string, string | undefined>>;

/** Fills in the blanks of a template's text whose values are known. */
export function fillBlanks(text: string, values: BlankValues): string {
  return blanksIn(text)
    .toReversed()
    .reduce((filled, { name, at, written }) => {
      const value = Object.hasOwn(values, name) ? values[name] : undefined;
      return value === undefined ? filled : `${filled.slice(0, at)}${value}${filled.slice(at + written.length)}`;
    }, text);
}

/**
 * Removes blanks with these names that are a whole sentence. Removing others would require changing the
 * words around them.
 */
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

/** When a template is chosen: to open, update or resolve an incident, or to announce or update maintenance. */
export type TemplateUse = 'open' | 'update' | 'resolve' | 'schedule' | 'maintenance';

/** Whether a template works for a use. */
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
