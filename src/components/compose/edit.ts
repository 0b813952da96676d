import { freeUpdateTime, markEdited, withBody } from '../../lib/content/write-content.ts';
import { type Instant, publishedAt, second } from '../../lib/domain/calendar.ts';
import { type ComposeData, type EditableUpdate, gitHubPage, repositoryPath } from '../../lib/views/compose-page.ts';
import { time, type Zone } from '../../lib/views/time.ts';
import { wordsFor } from '../../lib/words/words.ts';
import { control, make } from './form.ts';

/**
 * Returns the URL of GitHub's file editor and what to paste there, because a URL can't fill in that page: the `whole`
 * file, or only its `edited:` line if the form doesn't know the file. `trouble` is why it can't be submitted.
 */
export function correct(update: EditableUpdate, message: string, data: ComposeData, now: Instant) {
  const { repository, settings } = data;
  const { edit: words } = wordsFor(settings).compose;
  const address = `${gitHubPage(repository, 'edit')}/${encodeURI(repositoryPath(repository, update.path))}`;
  const at = freeUpdateTime(now, update.edited, { earliest: publishedAt(update), unit: second }) ?? now;
  const { text, body } = update;
  if (text === null)
    return { address, text: markEdited('---\n---', at).split('\n')[1] ?? '', whole: false, trouble: null };
  const isSame = message.trim() === body;
  const trouble = message.trim() === '' ? words.blank : isSame ? words.unchanged : null;
  return { address, text: markEdited(withBody(text, message), at), whole: true, trouble };
}

/**
 * Initializes the form that corrects a published update, with times in `zone`. `copy` resolves to whether the
 * browser allowed copying.
 */
export function startEditing(
  form: HTMLFormElement,
  data: ComposeData,
  zone: Zone,
  copy: (text: string) => Promise<boolean>,
): void {
  const { edit: words } = wordsFor(data.settings).compose;
  const part = (name: string): HTMLElement | null => form.querySelector(`[data-part="${name}"]`);
  const chosen = (): EditableUpdate | undefined =>
    data.editable.find(({ path }) => path === control(form, 'update').value);
  control(form, 'update').replaceChildren(
    ...data.editable.map(({ path, title, status, at }) =>
      make('option', { value: path, dir: 'auto' }, words.label(title, status, time(at, zone).text)),
    ),
  );
  const show = (): void => {
    const update = chosen();
    control(form, 'text').value = update?.body ?? '';
    control(form, 'text').disabled = update?.text === null;
    part('private')?.toggleAttribute('hidden', update?.text !== null);
    part('result')?.replaceChildren();
  };
  control(form, 'update').addEventListener('change', show);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const update = chosen();
    if (update === undefined) return;
    const { address, text, whole, trouble } = correct(update, control(form, 'text').value, data, Date.now());
    const result = part('result');
    if (trouble !== null) {
      result?.replaceChildren(make('p', { class: 'error' }, trouble));
      return;
    }
    void copy(text).then((copied) => {
      const link = make('a', { href: address, target: '_blank', rel: 'noopener noreferrer' }, words.open);
      result?.replaceChildren(
        make('p', {}, copied ? (whole ? words.copied : words.copiedLine) : words.notCopied),
        make('p', {}, link),
        make('pre', { class: 'wrapped', tabindex: '0' }, text),
      );
      if (copied) window.open(address, '_blank', 'noopener');
    });
  });
  const asked = new URLSearchParams(location.search).get('edit');
  if (asked !== null && data.editable.some(({ path }) => path === `${asked}.md`)) {
    control(form, 'update').value = `${asked}.md`;
    form.closest('details')?.setAttribute('open', '');
  }
  show();
}
