/* Shows only the postmortems and lessons whose text on the page contains every typed word. */

const field = document.querySelector<HTMLInputElement>('#search');
const answer = document.querySelector<HTMLElement>('.search [role=status]');
const entries = [...document.querySelectorAll<HTMLElement>('.post, .lessons')];
const addressOf = (entry: HTMLElement): string => entry.querySelector('a')?.href ?? '';

/** Ignores case and accents, so that `cafe` finds `Café`. */
const plain = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** A postmortem and its lessons are in different sections. */
const texts = new Map<string, string>();
for (const entry of entries) {
  const address = addressOf(entry);
  texts.set(address, `${texts.get(address) ?? ''}\n${plain(entry.textContent)}`);
}

if (field?.parentElement && answer) {
  field.parentElement.hidden = false;
  field.addEventListener('input', () => {
    const wanted = plain(field.value).split(/\s+/).filter(Boolean);
    for (const entry of entries)
      entry.hidden = !wanted.every((word) => texts.get(addressOf(entry))?.includes(word) === true);
    answer.textContent = entries.every(({ hidden }) => hidden) ? (answer.dataset['none'] ?? '') : '';
  });
}
