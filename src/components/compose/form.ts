import { decodeHTMLStrict } from 'entities/decode';
import { type Incident, latestUpdate } from '../../lib/domain/incident.ts';
import { remedyOf } from '../../lib/domain/owed.ts';
import type { Impact } from '../../lib/domain/vocabulary.ts';
import { fillBlanks, suits, type Template } from '../../lib/domain/template.ts';
import { updateHtml } from '../../lib/markdown.ts';
import { type ComposeData, listedIncident, type ListedIncident } from '../../lib/views/compose-page.ts';
import { remedyView } from '../../lib/views/remedy.ts';
import { paths } from '../../lib/views/paths.ts';
import { clock, time, type Zone } from '../../lib/views/time.ts';
import { componentTones, customerDataTones, type Tone, toneShapes } from '../../lib/views/tone.ts';
import { wordsFor } from '../../lib/words/words.ts';
import { componentField } from './answers.ts';

/** Creates an element. String children become text, never markup. */
export function make(
  name: string,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElement {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

const pieces = /<(\/?)([a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"]*")?)*)>|[^<]+/g;
const isVoid = (name: string): boolean => ['br', 'hr', 'img'].includes(name);

/**
 * Converts HTML from lib/markdown.ts to nodes. That HTML is sanitized, has quoted attribute values, and has no
 * entities except `&`, `<`, `>` and quotes. The page's policy forbids assigning markup as a string.
 */
function nodesOf(cleanHtml: string): readonly Node[] {
  const root = document.createElement('div');
  let inside: Element = root;
  for (const [piece, closes, name, attributes = ''] of cleanHtml.matchAll(pieces)) {
    if (name === undefined) {
      inside.append(decodeHTMLStrict(piece));
    } else if (closes === '/') {
      inside = inside.parentElement ?? root;
    } else {
      const element = document.createElement(name);
      for (const [, key = '', value = ''] of attributes.matchAll(/ ([a-z-]+)(?:="([^"]*)")?/g))
        element.setAttribute(key, decodeHTMLStrict(value));
      inside.append(element);
      if (!isVoid(name)) inside = element;
    }
  }
  return [...root.childNodes];
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

export function control(form: HTMLFormElement, name: string): Control {
  const found = form.elements.namedItem(name);
  if (found instanceof HTMLInputElement || found instanceof HTMLSelectElement || found instanceof HTMLTextAreaElement)
    return found;
  throw new Error(`the form has no ${name}`);
}

const option = (value: string, label: string): HTMLElement => make('option', { value, dir: 'auto' }, label);

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

/** Adjusts the choices to the selected incident: its status, and the values that stay unchanged. */
export function fitToIncident(form: HTMLFormElement, open: ListedIncident | undefined, data: ComposeData): void {
  const words = wordsFor(data.settings);
  const { compose } = words;
  const statuses = Object.entries(words.incidentStatus).map(
    ([value, label]) => [value, value === open?.status ? compose.sameStatus(label) : label] as const,
  );
  offer(form, 'status', statuses, open?.status ?? 'investigating');
  const sameImpact = (impact: Impact | null): string =>
    impact === null ? compose.sameImpactOfComponents : compose.sameAs(words.impact[impact]);
  const impact = open === undefined ? compose.impactOfComponents : sameImpact(open.impact);
  offer(form, 'impact', [['', impact], ...Object.entries(words.impact)], control(form, 'impact').value);
  for (const { id } of data.components) {
    const select = form.elements.namedItem(componentField(id));
    if (!(select instanceof HTMLSelectElement) || select.options[0] === undefined) continue;
    const now = open?.components[id];
    const same = now === undefined ? compose.same : compose.sameAs(words.componentStatus[now]);
    select.options[0].text = open === undefined ? compose.notAffected : same;
    select.parentElement?.toggleAttribute('data-affected', now !== undefined);
  }
  const verdict = control(form, 'customer_data');
  if (verdict instanceof HTMLSelectElement && verdict.options[0] !== undefined)
    verdict.options[0].text = open === undefined ? compose.noVerdict : compose.same;
  const fitting = data.templates.filter((template) => suits(template, open === undefined ? 'open' : 'update'));
  offer(form, 'template', [['', compose.noTemplate], ...fitting.map(({ name, label }) => [name, label] as const)], '');
  // The list only includes resolved incidents that have an open remedy.
  if (open?.status === 'resolved') control(form, 'remedied').closest('details')?.setAttribute('open', '');
}

/** Shows a select for each component that is affected or was added, and offers the others. */
export function fitComponents(form: HTMLFormElement, { components, settings }: ComposeData): void {
  const others = components.filter(({ id }) => {
    const select = form.elements.namedItem(componentField(id));
    const pair = select instanceof HTMLSelectElement ? select.parentElement : null;
    if (!(select instanceof HTMLSelectElement) || pair === null) return false;
    pair.hidden = select.value === '' && !['data-affected', 'data-added'].some((name) => pair.hasAttribute(name));
    return pair.hidden;
  });
  const { addComponent: label } = wordsFor(settings).compose;
  offer(form, 'add', [['', label], ...others.map(({ id, name }) => [id, name] as const)], '');
  const add = control(form, 'add');
  if (add.parentElement !== null) add.parentElement.hidden = others.length === 0;
}

/** Shows the select of the component that was chosen. */
export function addComponent(form: HTMLFormElement): void {
  const select = form.elements.namedItem(componentField(control(form, 'add').value));
  if (!(select instanceof HTMLSelectElement) || select.parentElement === null) return;
  select.parentElement.setAttribute('data-added', '');
  select.parentElement.hidden = false;
  select.focus();
}

/** Only new incidents have a start, and only resolved incidents have an end. */
export function fitTimes(form: HTMLFormElement): void {
  control(form, 'started').disabled = control(form, 'incident').value !== '';
  control(form, 'ended').disabled = control(form, 'status').value !== 'resolved';
}

/** Terms require a remedy, either in the form or from an earlier update. Only an open remedy can be delivered. */
export function fitRemedy(form: HTMLFormElement, data: ComposeData): void {
  const known = listedIncident(data, control(form, 'incident').value);
  const isGiven = control(form, 'remedy').value.trim() !== '' || (known?.remedy ?? null) !== null;
  const show = (part: string, fields: readonly string[], isShown: boolean): void => {
    form.querySelector(`[data-part="${part}"]`)?.toggleAttribute('hidden', !isShown);
    // Hidden fields aren't in the file.
    for (const name of fields) control(form, name).disabled = !isShown;
  };
  show('terms', ['claim', 'claim_until'], isGiven);
  show('delivery', ['remedied'], known?.owes === true);
}

/** Fills in the form from a template. Keeps what was typed in other fields. */
export function applyTemplate(form: HTMLFormElement, { body, fields }: Template, data: ComposeData, now: number): void {
  for (const name of ['title', 'status', 'impact', 'customer_data', 'next_update', 'remedy'] as const) {
    const suggested = fields[name];
    if (suggested !== undefined) control(form, name).value = suggested;
  }
  for (const [id, status] of Object.entries(fields.components ?? {})) control(form, componentField(id)).value = status;
  const affected = data.components.filter(({ id }) => {
    const field = form.elements.namedItem(componentField(id));
    return field instanceof HTMLSelectElement && !['', 'operational'].includes(field.value);
  });
  control(form, 'message').value = fillBlanks(body, {
    site: data.settings.name,
    time: clock(now, data.settings),
    components: affected.length === 0 ? undefined : wordsFor(data.settings).listOf(affected.map(({ name }) => name)),
  });
}

const svg = 'http://www.w3.org/2000/svg';

/** Matches components/state.astro. */
function state(tone: Tone, text: string): HTMLElement {
  const [icon, path] = [document.createElementNS(svg, 'svg'), document.createElementNS(svg, 'path')];
  for (const [key, value] of [
    ['class', 'icon'],
    ['viewBox', '0 0 20 20'],
    ['aria-hidden', 'true'],
  ] as const)
    icon.setAttribute(key, value);
  for (const [key, value] of [
    ['fill', 'currentColor'],
    ['fill-rule', 'evenodd'],
    ['d', toneShapes[tone]],
  ] as const)
    path.setAttribute(key, value);
  icon.append(path);
  return make('span', { class: `state tone-${tone}` }, icon, text);
}

/**
 * Renders the incident as customers will see it, in the order of components/incident-facts.astro. Times are in `zone`,
 * as the page shows them to a reader in that zone.
 */
export function renderPreview(incident: Incident, { settings, components }: ComposeData, zone: Zone): readonly Node[] {
  const words = wordsFor(settings);
  const newest = latestUpdate(incident);
  const nameOf = (id: string): string => components.find((component) => component.id === id)?.name ?? id;
  const states = Object.entries(incident.components).map(([id, status]) =>
    make('li', {}, make('bdi', {}, nameOf(id)), ': ', state(componentTones[status], words.componentStatus[status])),
  );
  const { customerData, promised } = incident;
  const remedy = remedyView(remedyOf(incident, undefined), settings);
  const base = `${settings.url}${paths.incident(incident.slug)}`;
  return [
    make('h3', { dir: 'auto' }, incident.title),
    ...(customerData === null
      ? []
      : [make('p', { class: 'data' }, state(customerDataTones[customerData], words.customerData[customerData]))]),
    ...(states.length === 0 ? [] : [make('ul', { class: 'facts' }, ...states)]),
    ...(promised === null ? [] : [make('p', {}, words.compose.previewNextUpdate(time(promised, zone).text))]),
    make(
      'p',
      {},
      make('strong', {}, words.incidentStatus[newest.record.status]),
      ` ${time(newest.record.at, zone).text}`,
    ),
    make('div', { class: 'body' }, ...nodesOf(updateHtml(newest.record.body, base, undefined, words.direction))),
    ...(remedy === null
      ? []
      : [
          make(
            'p',
            {},
            make('strong', {}, words.incident.remedy),
            ...[remedy.text, ...remedy.terms].flatMap((one, index) => [
              index === 0 ? ' ' : ' · ',
              make('bdi', {}, one),
            ]),
          ),
        ]),
    make('p', { class: 'quiet' }, words.impact[incident.impact]),
  ];
}
