const minute = 60_000;
const units = [
  ['day', 1440],
  ['hour', 60],
  ['minute', 1],
] as const;
const format = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const relative = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: 'auto' });

/** The time of the included example, which stands still. */
const stopped = document.documentElement.dataset['now'];
const clock = (): number => (stopped === undefined ? Date.now() : Date.parse(stopped));

/** Adds the reader's local time as a tooltip, and marks promises that become overdue while the page is open. */
function updateTimes(): void {
  for (const element of document.querySelectorAll('time')) {
    const at = Date.parse(element.dateTime);
    if (!element.dateTime.includes('T') || Number.isNaN(at)) continue;
    const minutes = Math.round((at - clock()) / minute);
    const [unit, size] = units.find(([, size]) => Math.abs(minutes) >= size) ?? units[2];
    element.title = `${format.format(at)} (${relative.format(Math.trunc(minutes / size), unit)})`;
    const promise = element.closest<HTMLElement>('[data-overdue]');
    if (promise !== null && at + minute <= clock() && !promise.classList.contains('overdue')) {
      promise.classList.add('overdue');
      promise.prepend(`${promise.dataset['overdue'] ?? ''} `);
    }
  }
}

updateTimes();
setInterval(updateTimes, minute);
