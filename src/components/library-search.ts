/* Hides what doesn't match: postmortems, and their lessons. What there is comes from the API, once someone types. */

type Found = { readonly title: string; readonly lessons: readonly string[]; readonly shortlink: string };

const address = `${import.meta.env.BASE_URL.replace(/\/$/, '')}/api/postmortems.json`;
const field = document.querySelector<HTMLInputElement>('#search');
const status = document.querySelector<HTMLElement>('.search [role=status]');
const entries = [...document.querySelectorAll<HTMLElement>('.post, .lessons')];

/** Without case and accents, so that `Café` is found by `cafe`. */
const plain = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
const pathOf = (url: string): string => new URL(url, location.href).pathname;

let known: Promise<readonly Found[]> | null = null;
async function all(): Promise<readonly Found[]> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status}`);
  return ((await answer.json()) as { readonly postmortems: readonly Found[] }).postmortems;
}

async function search(given: string): Promise<void> {
  const wanted = plain(given).split(/\s+/).filter(Boolean);
  known ??= all();
  const postmortems = await known;
  // Someone typed on meanwhile.
  if (status === null || field?.value !== given) return;
  const matches = postmortems.filter(({ title, lessons }) => {
    const text = plain([title, ...lessons].join('\n'));
    return wanted.every((word) => text.includes(word));
  });
  const paths = new Set(matches.map(({ shortlink }) => pathOf(shortlink)));
  for (const entry of entries) {
    const link = entry.querySelector('a');
    entry.hidden = link !== null && !paths.has(pathOf(link.href));
  }
  status.textContent = matches.length === 0 ? (status.dataset['none'] ?? '') : '';
}

if (field?.parentElement) {
  field.parentElement.hidden = false;
  field.addEventListener('input', () => {
    // Without an answer, everything stays where it is, and the next letter tries again.
    search(field.value).catch(() => (known = null));
  });
}
