import { cacheKey } from './_cache-key.ts';

type StaticPage<P extends string, V> = {
  params: Record<P, string>;
  props: { view: V };
  cacheKey: string;
};

/** One page for each item, with the view it shows; Astro renders again only those whose view changed. */
export function staticPages<T, P extends string, V>(
  items: Iterable<T>,
  param: P,
  nameOf: (item: T) => string,
  viewOf: (item: T) => V,
): StaticPage<P, V>[] {
  return [...items].map((item) => {
    const view = viewOf(item);
    return { params: { [param]: nameOf(item) } as Record<P, string>, props: { view }, cacheKey: cacheKey(view) };
  });
}

/**
 * The same for items of which there may be ten thousand: a view is made only when its page is rendered.
 * `sourceOf` gives all that the view is made from, so that an equal source means an equal view.
 */
export function manyPages<T, P extends string, V>(
  items: Iterable<T>,
  param: P,
  nameOf: (item: T) => string,
  sourceOf: (item: T) => unknown,
  viewOf: (item: T) => V,
): StaticPage<P, () => V>[] {
  return [...items].map((item) => ({
    params: { [param]: nameOf(item) } as Record<P, string>,
    props: { view: () => viewOf(item) },
    cacheKey: cacheKey(sourceOf(item)),
  }));
}
