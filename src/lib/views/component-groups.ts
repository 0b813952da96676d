import { currentComponents, type Site } from '../domain/site.ts';
import { componentStatuses, worstStatus } from '../domain/vocabulary.ts';
import { wordsFor } from '../words/words.ts';
import { componentView, type ComponentView } from './component-page.ts';
import { statusesNow } from './lookup.ts';
import { componentTones, type Tone } from './tone.ts';

/** Components under one heading, which folds; without a name, they don't. */
export type ComponentGroupView = {
  readonly name: string | null;
  readonly components: readonly ComponentView[];
  /** Operational ones of a long list, which fold. */
  readonly more: readonly ComponentView[];
  readonly open: boolean;
  /** The worst status of its components. */
  readonly status: string;
  readonly tone: Tone;
};

/** About one screen: as long as nothing is affected, groups are open up to here. */
const shownWhenCalm = 6;

/** Of a longer list, the affected components are shown, or else the first of them. */
const longestList = 12;

/** Groups with current components. Affected ones come first, worst first, and are open. */
export function componentGroups(site: Site): ComponentGroupView[] {
  const words = wordsFor(site.settings).componentStatus;
  const current = new Set(currentComponents(site).map(({ id }) => id));
  const groups = site.groups
    .map(({ name, components }) => {
      const shown = components.filter(({ id }) => current.has(id));
      const worst = worstStatus(shown.map(({ id }) => statusesNow(site).get(id) ?? 'operational'));
      const affected = shown.filter(({ id }) => (statusesNow(site).get(id) ?? 'operational') !== 'operational');
      const first = shown.length <= longestList ? shown : affected.length > 0 ? affected : shown.slice(0, longestList);
      return { name, components: first, more: shown.filter((one) => !first.includes(one)), worst };
    })
    .filter(({ components }) => components.length > 0)
    .toSorted((a, b) => componentStatuses.indexOf(b.worst) - componentStatuses.indexOf(a.worst));
  const isCalm = groups.every(({ worst }) => worst === 'operational');
  let rows = 0;
  return groups.map(({ name, components, more, worst }) => {
    rows += components.length;
    return {
      name,
      components: components.map((component) => componentView(site, component)),
      more: more.map((component) => componentView(site, component)),
      open: isCalm ? rows <= shownWhenCalm : worst !== 'operational',
      status: words[worst],
      tone: componentTones[worst],
    };
  });
}
