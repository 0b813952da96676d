import './jitless.ts';
import type { ComposeData } from '../../lib/views/compose-page.ts';
import { time } from '../../lib/views/time.ts';
import { wordsFor } from '../../lib/words/words.ts';
import { type Drafted, draftUpdate, newFilePage, readAnswers } from './draft.ts';
import { applyTemplate, control, fitTimes, fitToIncident, make, renderPreview } from './form.ts';
import { incidentTone } from '../../lib/views/tone.ts';

function part(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found;
}

/** Shows the draft. Problems appear after the first try to submit. */
function show(drafted: Drafted, data: ComposeData, isSubmitted: boolean): void {
  const { incident, path, text, at, troubles, caution } = drafted;
  const { compose: words } = wordsFor(data.settings);
  const card = part('preview-card');
  card.className = incident === null ? 'card' : `card tone tone-${incidentTone(incident)}`;
  card.replaceChildren(
    ...(incident === null ? [make('p', { class: 'quiet' }, words.noPreview)] : renderPreview(incident, data)),
  );
  part('file-path').textContent = path;
  part('file-text').textContent = text;
  part('file-time').textContent = words.fileTime(time(at, data.settings).text);
  part('caution').textContent = caution ?? '';
  const list = part('troubles');
  list.replaceChildren(...(isSubmitted ? troubles : []).map(({ line }) => make('li', {}, make('code', {}, line))));
  part('troubles-box').hidden = !isSubmitted || troubles.length === 0;
}

function markFields(form: HTMLFormElement, { troubles }: Drafted, isSubmitted: boolean): void {
  const wrong = isSubmitted ? troubles.map(({ field }) => field ?? '') : [];
  for (const element of form.elements) {
    const name = element.getAttribute('name') ?? '';
    // check calls it `components.checkout`, and the form `component.checkout`.
    const isWrong = wrong.some((field) => field === name || field.replace(/^components\./, 'component.') === name);
    if (isWrong) element.setAttribute('aria-invalid', 'true');
    else element.removeAttribute('aria-invalid');
  }
}

/** Opens GitHub, and shows the link and the text in case its page doesn't open. */
function openGitHub({ path, text, commitMessage }: Drafted, { repository }: ComposeData): void {
  const { address, whole } = newFilePage(repository, path, text, commitMessage);
  const link = part('sent-link');
  link.setAttribute('href', address);
  part('sent-whole').hidden = !whole;
  part('sent-copy').hidden = whole;
  const box = part('sent');
  box.hidden = false;
  box.focus();
  // If the text doesn't fit in the address, the reader first copies it with the button.
  if (whole) window.open(address, '_blank', 'noopener');
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    getSelection()?.selectAllChildren(part('file-text'));
    return false;
  }
}

function start(form: HTMLFormElement, data: ComposeData): void {
  const { compose: words } = wordsFor(data.settings);
  let isSubmitted = false;
  const ids = data.components.map(({ id }) => id);
  const draft = (): Drafted => draftUpdate(readAnswers(new FormData(form), ids), data, Date.now());
  const refresh = (): void => {
    fitTimes(form);
    const drafted = draft();
    show(drafted, data, isSubmitted);
    markFields(form, drafted, isSubmitted);
  };
  const fit = (): void =>
    fitToIncident(
      form,
      data.open.find(({ slug }) => slug === control(form, 'incident').value),
      data,
    );
  const fillIn = (): void => {
    const template = data.templates.find((one) => one.name === control(form, 'template').value);
    if (template !== undefined) applyTemplate(form, template, data, Date.now());
  };
  /** Chooses what the address names, such as `?incident=SLUG&template=no-news` in a reminder. */
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
      part('copied').textContent = copied ? words.copied : words.notCopied;
    });
  });
  choose('incident');
  fit();
  choose('template');
  fillIn();
  refresh();
  part('by-program').hidden = false;
  part('not-started').hidden = true;
}

const form = document.getElementById('compose');
if (form instanceof HTMLFormElement) start(form, JSON.parse(form.dataset['site'] ?? '') as ComposeData);
