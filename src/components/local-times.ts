const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const { lang, dataset } = document.documentElement;
const footer = document.querySelector<HTMLElement>('[data-zone]');
const { zone, yours = '', clock: yourTime = '' } = footer?.dataset ?? {};
/** As in the rest of the page, even for regions with other years or digits, such as `ar-SA`. */
const sameEverywhere = { calendar: 'gregory', numberingSystem: 'latn' } as const;
const hourAndMinute = { hour: '2-digit', minute: '2-digit', ...sameEverywhere } as const;
const full = { year: 'numeric', month: 'short', day: 'numeric', ...hourAndMinute, timeZoneName: 'short' } as const;
const ownFormat = new Intl.DateTimeFormat(lang, full);
const siteFormat = new Intl.DateTimeFormat(lang, { ...full, timeZone: zone });
const clockFormat = new Intl.DateTimeFormat(lang, hourAndMinute);
const times = 'time[datetime*=T]';
const relativeFormat = new Intl.RelativeTimeFormat(lang, { numeric: 'auto', ...sameEverywhere });

/** In the included example, time stands still. */
const now = (): number => (dataset['now'] === undefined ? Date.now() : Date.parse(dataset['now']));

/** `12 minutes ago`, `in 2 hours`, `yesterday` */
function relative(difference: number): string {
  const size = Math.abs(difference);
  if (size < minute) return relativeFormat.format(0, 'second');
  const [unit, length] =
    size < hour ? (['minute', minute] as const) : size < day ? (['hour', hour] as const) : (['day', day] as const);
  return relativeFormat.format(Math.trunc(difference / length), unit);
}

/**
 * Shows all times in the reader's time zone, and recent or upcoming ones also as relative times. The time in the
 * site's zone becomes a tooltip. Marks promises that become overdue while the page is open. Layouts reserve room for
 * both texts, to prevent layout shifts.
 */
function updateTimes(): void {
  let before = 0;
  for (const element of document.querySelectorAll<HTMLTimeElement>(times)) {
    const at = Date.parse(element.dateTime);
    if (Number.isNaN(at)) continue;
    element.title ||= element.textContent;
    const difference = at - now();
    const isNear = Math.abs(difference) < day;
    const own = ownFormat.format(at);
    const isSiteZone = own === siteFormat.format(at);
    const clock = clockFormat.format(at);
    const marked = isSiteZone ? clock : yourTime.replace('{time}', clock);
    const plain = isSiteZone ? element.title : own;
    const isSameDay = new Date(at).toDateString() === new Date(before).toDateString();
    const end = isSameDay && !isSiteZone ? clock : plain;
    const texts: Readonly<Record<string, string>> = {
      ago: relative(difference),
      both: isNear ? `${relative(difference)} · ${marked}` : plain,
      due: `${isNear ? marked : plain} · ${relative(difference)}`,
      end,
      ahead: `${end} · ${relative(before - now())}`,
    };
    element.textContent = texts[element.dataset['show'] ?? ''] ?? plain;
    before = at;
    const promise = element.closest<HTMLElement>('[data-overdue]');
    if (promise !== null && difference <= -minute && !promise.classList.contains('overdue')) {
      promise.classList.add('overdue');
      const [start = '', rest = ''] = (promise.dataset['overdue'] ?? '').split('{time}');
      promise.replaceChildren(start, element, rest);
    }
  }
}

/** Without the time zone, a text may need fewer lines. Blocks keep their height, to prevent layout shifts. */
function keepingHeights(update: () => void): void {
  const heights = new Map<HTMLElement, number>();
  for (const element of document.querySelectorAll<HTMLElement>(times)) {
    const block = element.closest<HTMLElement>('p, li, td, div');
    if (block !== null) heights.set(block, block.getBoundingClientRect().height);
  }
  update();
  const lower = [...heights].filter(([block, height]) => block.getBoundingClientRect().height < height);
  for (const [block, height] of lower) block.style.minBlockSize = `${height}px`;
}

if (footer !== null) footer.textContent = yours.replace('{zone}', ownFormat.resolvedOptions().timeZone);
keepingHeights(updateTimes);
setInterval(updateTimes, minute);
