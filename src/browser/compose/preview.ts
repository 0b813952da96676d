import type { Incident } from '../../domain/incident.ts';
import type { ComposeData } from '../../views/compose-data.ts';
import { paths } from '../../views/links.ts';
import { updateHtml } from '../../views/markdown.ts';
import { time } from '../../views/time.ts';
import { componentTones, customerDataTones, impactTones, type Tone } from '../../views/tone.ts';
import { toneShapes } from '../../views/tone-looks.ts';
import { componentStatusWords, customerDataWords, impactWords, incidentStatusWords } from '../../views/words.ts';
import { make, nodesOf } from './elements.ts';

const svg = 'http://www.w3.org/2000/svg';

/** A word with its shape, as components/state.astro prints it. */
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

/** What customers will see of the incident on the page, in the order of components/incident-facts.astro. */
export function preview(incident: Incident, { settings, components }: ComposeData): readonly Node[] {
  const newest = incident.updates.at(-1) ?? incident.updates[0];
  const nameOf = (id: string): string => components.find((component) => component.id === id)?.name ?? id;
  const states = Object.entries(incident.components).map(([id, status]) =>
    make('li', {}, `${nameOf(id)}: `, state(componentTones[status], componentStatusWords[status])),
  );
  const { customerData, promised, remedy } = incident;
  const base = `${settings.url}${paths.incident(incident.slug)}`;
  return [
    make('h3', {}, incident.title),
    ...(customerData === null
      ? []
      : [make('p', { class: 'data' }, state(customerDataTones[customerData], customerDataWords[customerData]))]),
    ...(states.length === 0 ? [] : [make('ul', { class: 'facts' }, ...states)]),
    ...(promised === null ? [] : [make('p', {}, `Next update by ${time(promised, settings).text}`)]),
    make(
      'p',
      {},
      make('strong', {}, incidentStatusWords[newest.record.status]),
      ` ${time(newest.record.at, settings).text}`,
    ),
    make('div', { class: 'body' }, ...nodesOf(updateHtml(newest.record.body, base))),
    ...(remedy === null ? [] : [make('p', {}, make('strong', {}, 'How we make it right:'), ` ${remedy}`)]),
    make('p', { class: 'quiet' }, impactWords[incident.impact]),
  ];
}

/** The tone of the card around it. */
export const previewTone = ({ impact }: Incident): Tone => impactTones[impact];
