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
