import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { currentComponents } from '../../src/lib/domain/site.ts';
import { calendar } from '../../src/lib/feeds/icalendar.ts';
import { componentPage } from '../../src/lib/views/component-page.ts';
import { indexPage } from '../../src/lib/views/index-page.ts';
import { barDaysOf, histories, months } from '../../src/lib/views/lookup.ts';
import { countedWindow, uptime } from '../../src/lib/domain/uptime.ts';
import { v2Files } from '../../src/lib/api/v2-files.ts';
import { lasting } from './all-said.ts';
import { anyHistory, end, filesOf, siteOf } from './any-history.ts';

/** Prints what is made of some histories, to be compared between machines; the argument is their seed. */
const sites = fc
  .sample(anyHistory, { seed: Number(process.argv[2]), numRuns: 10 })
  .map((files) => siteOf(filesOf(files), end + 1));
for (const site of sites) {
  const ups = currentComponents(site).map((one) =>
    uptime(histories(site).get(one.id) ?? [], countedWindow(one, barDaysOf(site), site.now, site.settings.timeZone)),
  );
  const all = [
    indexPage(site),
    currentComponents(site).map((one) => componentPage(site, one)),
    lasting(site),
    v2Files(site),
    calendar(site),
    [...months(site).keys()],
    barDaysOf(site),
  ];
  process.stdout.write(`1,${ups.join()},${createHash('sha256').update(JSON.stringify(all)).digest('hex')}\n`);
}
