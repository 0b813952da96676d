/*
 * Shows the state and the incidents of a day: on hover, on tap, and while a row has focus, where the arrow keys move
 * between days. The page lists days with incidents in data attributes: see DayDetailsView.
 */

type Row = { readonly svg: SVGElement; readonly days: DOMStringMap; readonly site: DOMStringMap };

const box = document.createElement('div');
box.className = 'day';
box.setAttribute('role', 'status');
document.body.append(box);
const mark = document.createElementNS('http://www.w3.org/2000/svg', 'path');
mark.setAttribute('class', 'mark');
const dates = new Intl.DateTimeFormat(document.documentElement.lang, {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  timeZone: 'UTC',
  // As in the rest of the page, even for regions with other years or digits, such as `ar-SA`.
  calendar: 'gregory',
  numberingSystem: 'latn',
});
let shown: { readonly svg: SVGElement; readonly day: number } | null = null;

function rowOf(target: EventTarget | null): Row | null {
  const row = target instanceof Element ? target.closest<HTMLElement>('.component') : null;
  const svg = row?.querySelector<SVGElement>('.bars');
  const site = row?.closest<HTMLElement>('[data-last]');
  return row && svg && site ? { svg, days: row.dataset, site: site.dataset } : null;
}

const amountOf = ({ svg }: Row): number => Math.round(((svg as SVGSVGElement).viewBox.baseVal.width + 1) / 4);
const isMirrored = ({ svg }: Row): boolean => getComputedStyle(svg).direction === 'rtl';

/** Returns the day at a point; null outside the bars. */
function dayAt(row: Row, { clientX, clientY }: MouseEvent): number | null {
  const { left, right, top, bottom, width } = row.svg.getBoundingClientRect();
  if (clientY < top || clientY > bottom || clientX < left || clientX >= right) return null;
  const share = (isMirrored(row) ? right - clientX : clientX - left) / width;
  return Math.min(amountOf(row) - 1, Math.floor(share * amountOf(row)));
}

function element(name: string, text: string): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  made.dir = 'auto';
  return made;
}

/** Whether a bar of this tone covers the day. */
const hasTone = ({ svg }: Row, tone: string, day: number): boolean =>
  [...(svg.querySelector(`.tone-${tone}`)?.getAttribute('d') ?? '').matchAll(/M(\d+) \d+H(\d+)/g)].some(
    ([, from, to]) => Number(from) <= day * 4 && day * 4 < Number(to),
  );

function contentOf(row: Row, day: number): HTMLElement[] {
  const { last = '', incidents = '', good = '', unknown = '' } = row.site;
  const [, numbers = '', summary = hasTone(row, 'unknown', day) ? unknown : good] =
    new RegExp(`^${day} (\\S*) (.*)`, 'm').exec(row.days['days'] ?? '') ?? [];
  const date = dates.format(Date.parse(last) - (amountOf(row) - 1 - day) * 86_400_000);
  const links = numbers.split(',').flatMap((number) => {
    const line = number === '' ? undefined : incidents.split('\n')[Number(number)];
    if (line === undefined) return [];
    const space = line.indexOf(' ');
    const link = element('a', line.slice(space + 1)) as HTMLAnchorElement;
    link.href = line.slice(0, space);
    return [link];
  });
  return [element('b', date), element('span', summary), ...links];
}

function hide(): void {
  box.replaceChildren();
  mark.remove();
  shown = null;
}

function show(row: Row, day: number): void {
  if (shown?.svg === row.svg && shown.day === day) return;
  shown = { svg: row.svg, day };
  mark.setAttribute('d', `M${day * 4} 1h3m-3 32h3`);
  row.svg.append(mark);
  const content = document.createElement('div');
  content.append(...contentOf(row, day));
  box.replaceChildren(content);
  // Place it above the bar, or below the bar at the top of the window, and never past an edge.
  const { left, width, top, bottom } = row.svg.getBoundingClientRect();
  const share = (day + 0.5) / amountOf(row);
  const middle = left + width * (isMirrored(row) ? 1 - share : share);
  const most = document.documentElement.clientWidth - box.offsetWidth;
  const from = Math.max(0, Math.min(most, middle - box.offsetWidth / 2));
  box.style.left = `${from + scrollX}px`;
  box.style.top = `${(top < box.offsetHeight ? bottom : top - box.offsetHeight) + scrollY}px`;
}

/** Returns the row that has keyboard focus. */
const focused = (): Row | null =>
  document.activeElement?.matches(':focus-visible') ? rowOf(document.activeElement) : null;

document.addEventListener('pointermove', (event) => {
  if (event.pointerType === 'touch' || box.contains(event.target as Node)) return;
  const row = rowOf(event.target);
  const day = row && dayAt(row, event);
  if (row && day !== null) show(row, day);
  else if (!focused()) hide();
});

// Tapping the bars shows the day instead of following the row's link.
document.addEventListener('click', (event) => {
  const row = event.detail === 0 ? null : rowOf(event.target);
  const day = row && dayAt(row, event);
  if (row && day !== null) {
    event.preventDefault();
    show(row, day);
  } else if (!box.contains(event.target as Node)) hide();
});

document.addEventListener('focusin', () => {
  const row = focused();
  if (row) show(row, amountOf(row) - 1);
  else if (!box.contains(document.activeElement)) hide();
});

document.addEventListener('keydown', (event) => {
  const row = focused();
  if (event.key === 'Escape') hide();
  if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
  const last = amountOf(row) - 1;
  const now = shown?.svg === row.svg ? shown.day : last + 1;
  const forward = isMirrored(row) ? -1 : 1;
  const moved: Record<string, number> = { ArrowLeft: now - forward, ArrowRight: now + forward, Home: 0, End: last };
  const to = moved[event.key];
  if (to === undefined) return;
  event.preventDefault();
  show(row, Math.max(0, Math.min(last, to)));
});

// In rows without a link, as on a component's page, the bars are focusable.
for (const svg of document.querySelectorAll<SVGElement>('.component .bars'))
  if (!svg.closest('.component')?.querySelector('.name a')) svg.tabIndex = 0;

export {};
