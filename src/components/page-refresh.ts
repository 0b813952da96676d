const minute = 60_000;
const address = `${import.meta.env.BASE_URL.replace(/\/$/, '')}/release.json`;

/** Returns what matters to readers on a page: its headings, states and texts. */
const visibleText = (page: Document): string[] =>
  [...page.querySelectorAll('main :is(h1, h2, h3, .state, .chip, .body)')].map((element) => element.textContent.trim());
const updates = (page: Document): (string | null)[] =>
  [...page.querySelectorAll('main .when > a')].map((element) => element.getAttribute('href'));

/** When a page was built. Only the front page says so. */
const builtAt = (page: Document): HTMLTimeElement | null => page.querySelector('.banner time');

const before = { text: visibleText(document).join('\n'), updates: updates(document) };
const news = document.querySelector<HTMLElement>('.news');
/** The last release that was noticed, and the last one that this page was compared with. */
let noticed = '';
let compared = '';
let checkedAt = Date.now();

/** Offers to show what was published since this page was loaded. Nothing moves until the reader chooses to. */
async function look(): Promise<void> {
  if (news === null || document.hidden || Date.now() - checkedAt < 0.9 * minute) return;
  checkedAt = Date.now();
  const ask = (url: string) => fetch(url, { cache: 'no-cache' });
  const { now } = (await (await ask(address)).json()) as { now: string };
  if (now === compared) return;
  const page = new DOMParser().parseFromString(await (await ask(location.href)).text(), 'text/html');
  // An error page of the host.
  if (page.querySelector('.news') === null) return;
  const [shown, fetched] = [builtAt(document), builtAt(page)];
  // A cache may still have the page of an earlier release. If the page doesn't say, compare once more in a minute.
  if (fetched === null ? now === noticed : fetched.dateTime >= now) compared = now;
  noticed = now;
  const isUpdated = updates(page).some((update) => !before.updates.includes(update));
  if (!isUpdated && visibleText(page).join('\n') === before.text) {
    // The page is still accurate, so it's as fresh as the fetched one.
    if (shown !== null && fetched !== null) shown.dateTime = fetched.dateTime;
    return;
  }
  const button = document.createElement('button');
  button.textContent = news.dataset['show'] ?? '';
  button.addEventListener('click', () => {
    scrollTo(0, 0);
    location.reload();
  });
  news.replaceChildren((isUpdated ? news.dataset['update'] : news.dataset['change']) ?? '', button);
}

const tryToLook = (): void => void look().catch(() => undefined);
if (import.meta.env.PROD) {
  setInterval(tryToLook, minute);
  document.addEventListener('visibilitychange', tryToLook);
}
