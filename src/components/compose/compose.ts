import './zod-without-eval.ts';
import { type ComposeData, listedIncident } from '../../lib/views/compose-page.ts';
import { time, type Zone } from '../../lib/views/time.ts';
import { wordsFor } from '../../lib/words/words.ts';
import { startEditing } from './edit.ts';
import { readAnswers } from './answers.ts';
import { type Drafted, draftUpdate, newFilePage } from './draft.ts';
import {
  addComponent,
  applyTemplate,
  control,
  fitComponents,
  fitRemedy,
  fitTimes,
  fitToIncident,
  make,
  renderPreview,
} from './form.ts';
import { incidentTone } from '../../lib/views/tone.ts';

function part(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found;
}

const labelOf = (field: string): HTMLElement | null => document.querySelector(`label[for="${CSS.escape(field)}"]`);

/** A problem in the list above the button, linked to its field. */
function troubleItem({ message, field }: Drafted['troubles'][number]): HTMLElement {
  const label = field === null ? null : labelOf(field);
  if (field === null || label === null) return make('li', {}, message);
  return make('li', {}, make('a', { href: `#${field}` }, label.textContent ?? ''), ' ', message);
}

/** Shows the draft. Problems appear after the first attempt to submit. */
function show(drafted: Drafted, data: ComposeData, zone: Zone, isSubmitted: boolean): void {
  const { incident, path, text, at, troubles, caution } = drafted;
  const { compose: words } = wordsFor(data.settings);
  const card = part('preview-card');
  card.className = incident === null ? 'card' : `card tone tone-${incidentTone(incident)}`;
  card.replaceChildren(
    ...(incident === null ? [make('p', { class: 'quiet' }, words.noPreview)] : renderPreview(incident, data, zone)),
  );
  part('file-path').textContent = path;
  part('file-text').textContent = text;
  part('file-time').textContent = words.fileTime(time(at, zone).text);
  part('caution').textContent = caution ?? '';
  part('troubles').replaceChildren(...troubles.map((trouble) => troubleItem(trouble)));
  part('troubles-box').hidden = !isSubmitted || troubles.length === 0;
}

/** Marks fields that have problems, and shows the problems below them. */
function markFields(form: HTMLFormElement, { troubles }: Drafted, isSubmitted: boolean): void {
  for (const shown of form.querySelectorAll('.error')) shown.remove();
  for (const element of form.elements) {
    const name = element.getAttribute('name') ?? '';
    const messages = isSubmitted ? troubles.filter(({ field }) => field === name) : [];
    const hint =
      element
        .getAttribute('aria-describedby')
        ?.split(' ')
        .filter((id) => !id.endsWith('-error')) ?? [];
    const described = messages.length === 0 ? hint : [...hint, `${name}-error`];
    if (described.length > 0) element.setAttribute('aria-describedby', described.join(' '));
    else element.removeAttribute('aria-describedby');
    if (messages.length === 0) {
      element.removeAttribute('aria-invalid');
      continue;
    }
    element.setAttribute('aria-invalid', 'true');
    const text = messages.map(({ message }) => message).join(' ');
    element.after(make('p', { class: 'error', id: `${name}-error`, dir: 'auto' }, text));
    element.closest('details')?.setAttribute('open', '');
  }
}

/** Opens GitHub. Also shows the link and the text, in case the page doesn't open. */
function openGitHub({ path, text, commitMessage }: Drafted, { repository }: ComposeData): void {
  const { address, whole } = newFilePage(repository, path, text, commitMessage);
  const link = part('sent-link');
  link.setAttribute('href', address);
  part('sent-whole').hidden = !whole;
  part('sent-copy').hidden = whole;
  const box = part('sent');
  box.hidden = false;
  box.focus();
  // If the text doesn't fit in the URL, the reader copies it first.
  if (whole) window.open(address, '_blank', 'noopener');
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function start(form: HTMLFormElement, data: ComposeData, zone: Zone): void {
  const { compose: words } = wordsFor(data.settings);
  let isSubmitted = false;
  const ids = data.components.map(({ id }) => id);
  const { timeZone } = zone;
  const draft = (): Drafted =>
    draftUpdate(readAnswers(new FormData(form), ids, timeZone, Date.now()), data, Date.now(), timeZone);
  const refresh = (): void => {
    fitTimes(form);
    fitComponents(form, data);
    fitRemedy(form, data);
    const drafted = draft();
    show(drafted, data, zone, isSubmitted);
    markFields(form, drafted, isSubmitted);
  };
  const fit = (): void => fitToIncident(form, listedIncident(data, control(form, 'incident').value), data);
  const fillIn = (): void => {
    const template = data.templates.find((one) => one.name === control(form, 'template').value);
    if (template !== undefined) applyTemplate(form, template, data, Date.now());
  };
  /** Preselects what the URL names, such as `?incident=SLUG&template=no-news` in a reminder. */
  const choose = (name: string): void => {
    const asked = new URLSearchParams(location.search).get(name);
    const select = control(form, name);
    if (asked !== null && [...select.querySelectorAll('option')].some(({ value }) => value === asked))
      select.value = asked;
  };
  form.addEventListener('input', (event) => {
    const name = event.target instanceof Element ? event.target.getAttribute('name') : null;
    if (name === 'incident') fit();
    if (name === 'template') fillIn();
    if (name === 'add') addComponent(form);
    part('sent').hidden = true;
    refresh();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    isSubmitted = true;
    refresh();
    const drafted = draft();
    if (drafted.troubles.length === 0) openGitHub(drafted, data);
    else part('troubles-box').focus();
  });
  part('copy').addEventListener('click', () => {
    void copy(part('file-text').textContent ?? '').then((copied) => {
      if (!copied) getSelection()?.selectAllChildren(part('file-text'));
      part('copied').textContent = copied ? words.copied : words.notCopied;
    });
  });
  part('next-hint').textContent = words.nextUpdateHint(timeZone);
  part('as-of').textContent = words.incidentHint(time(data.asOf, zone).text);
  // If there are several, or none, the reader chooses.
  const [only, ...more] = data.open;
  if (only !== undefined && more.length === 0) control(form, 'incident').value = only.slug;
  choose('incident');
  fit();
  choose('template');
  fillIn();
  refresh();
  part('by-program').hidden = false;
  part('not-started').hidden = true;
}

const form = document.getElementById('compose');
const editForm = document.getElementById('edit-form');
if (form instanceof HTMLFormElement) {
  const data = JSON.parse(form.dataset['site'] ?? '') as ComposeData;
  // The device's zone, which the rest of the page also uses.
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const zone: Zone = { timeZone, locale: data.settings.locale };
  start(form, data, zone);
  if (editForm instanceof HTMLFormElement) startEditing(editForm, data, zone, copy);
}
