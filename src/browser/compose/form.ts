import { fillBlanks, suits, type Template } from '../../domain/template.ts';
import type { ComposeData, OpenIncident } from '../../views/compose-data.ts';
import { componentStatusWords, impactWords, incidentStatusWords, listOf } from '../../views/words.ts';
import { componentField } from './answers.ts';
import { make } from './elements.ts';

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** The control of a name; a form that lacks one is a mistake in the page. */
export function control(form: HTMLFormElement, name: string): Control {
  const found = form.elements.namedItem(name);
  if (found instanceof HTMLInputElement || found instanceof HTMLSelectElement || found instanceof HTMLTextAreaElement)
    return found;
  throw new Error(`the form has no ${name}`);
}

const option = (value: string, label: string): HTMLElement => make('option', { value }, label);

function offer(
  form: HTMLFormElement,
  name: string,
  options: readonly (readonly [value: string, label: string])[],
  chosen: string,
): void {
  const select = control(form, name);
  select.replaceChildren(...options.map(([value, label]) => option(value, label)));
  select.value = chosen;
}

/** What may be said depends on the incident: the words of what stays as it is, and the status it has. */
export function fitToIncident(form: HTMLFormElement, open: OpenIncident | undefined, data: ComposeData): void {
  const asBefore = (word: string | undefined): string => (word === undefined ? 'As before' : `As before: ${word}`);
  const statuses = Object.entries(incidentStatusWords).map(
    ([value, label]) => [value, value === open?.status ? `Still: ${label}` : label] as const,
  );
  offer(form, 'status', statuses, open?.status ?? 'investigating');
  const impacts = Object.entries(impactWords);
  const impact =
    open === undefined
      ? 'From the components'
      : asBefore(open.impact === null ? 'from the components' : impactWords[open.impact].toLowerCase());
  offer(form, 'impact', [['', impact], ...impacts], control(form, 'impact').value);
  for (const { id } of data.components) {
    const select = form.elements.namedItem(componentField(id));
    if (!(select instanceof HTMLSelectElement) || select.options[0] === undefined) continue;
    const now = open?.components[id];
    select.options[0].text =
      open === undefined
        ? 'Not affected'
        : asBefore(now === undefined ? undefined : componentStatusWords[now].toLowerCase());
  }
  const none = (name: string, text: string): void => {
    const select = control(form, name);
    if (select instanceof HTMLSelectElement && select.options[0] !== undefined) select.options[0].text = text;
  };
  none('customer_data', open === undefined ? 'Say nothing yet' : 'As before');
  const fitting = data.templates.filter((template) => suits(template, open === undefined ? 'open' : 'update'));
  offer(form, 'template', [['', 'An empty text'], ...fitting.map(({ name, label }) => [name, label] as const)], '');
}

/** Puts what a template suggests into the form; what a person has typed in other fields stays. */
export function applyTemplate(form: HTMLFormElement, { body, fields }: Template, data: ComposeData, now: number): void {
  for (const name of ['title', 'status', 'impact', 'customer_data', 'next_update', 'remedy'] as const) {
    const suggested = fields[name];
    if (suggested !== undefined) control(form, name).value = suggested;
  }
  for (const [id, status] of Object.entries(fields.components ?? {})) control(form, componentField(id)).value = status;
  const { name: site, timeZone, locale } = data.settings;
  const affected = data.components.filter(({ id }) => {
    const field = form.elements.namedItem(componentField(id));
    return field instanceof HTMLSelectElement && !['', 'operational'].includes(field.value);
  });
  const time = new Intl.DateTimeFormat(locale, {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(now);
  control(form, 'message').value = fillBlanks(body, {
    site,
    time,
    components: affected.length === 0 ? undefined : listOf(affected.map(({ name }) => name)),
  });
}
