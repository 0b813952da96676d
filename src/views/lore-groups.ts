import { causes } from '../domain/vocabulary.ts';
import type { Postmortem } from '../domain/postmortem.ts';
import { allComponents, type Site } from '../domain/site.ts';
import type { LinkView } from './frame.ts';
import { local, paths } from './links.ts';
import { incidentsBySlug } from './lookup.ts';
import { causeWords } from './words.ts';

/** Postmortems that have something in common. */
export type LoreGroupView = { readonly name: string; readonly posts: readonly LinkView[] };

/** The link to a postmortem. */
export function postLink({ settings }: Site, { title, slug }: Postmortem): LinkView {
  return { label: title, href: local(settings, paths.postmortem(slug)) };
}

/** The ids of the components that its incident touched. */
export function touchedBy(site: Site, { slug }: Postmortem): string[] {
  const worst = incidentsBySlug(site).get(slug)?.worstComponents ?? {};
  return Object.keys(worst).filter((id) => worst[id] !== 'operational');
}

function group(site: Site, name: string, posts: readonly Postmortem[]): LoreGroupView[] {
  return posts.length === 0 ? [] : [{ name, posts: posts.map((post) => postLink(site, post)) }];
}

/** By component, in the order of the page; one of several components is in each of their groups. */
export function byComponent(site: Site): LoreGroupView[] {
  const touched = site.postmortems.map((post) => ({ post, ids: new Set(touchedBy(site, post)) }));
  const postsOf = (wanted: (ids: ReadonlySet<string>) => boolean) =>
    touched.filter(({ ids }) => wanted(ids)).map(({ post }) => post);
  return [
    ...allComponents(site).flatMap(({ id, name }) =>
      group(
        site,
        name,
        postsOf((ids) => ids.has(id)),
      ),
    ),
    ...group(
      site,
      'No component named',
      postsOf((ids) => ids.size === 0),
    ),
  ];
}

/** By the kind of cause. */
export function byCause(site: Site): LoreGroupView[] {
  const of = (cause: Postmortem['cause']) => site.postmortems.filter((post) => post.cause === cause);
  return [
    ...causes.flatMap((cause) => group(site, causeWords[cause], of(cause))),
    ...group(site, 'Not said', of(null)),
  ];
}
