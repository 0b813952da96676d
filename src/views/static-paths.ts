import { createHash } from 'node:crypto';

/** One page of a route with a parameter, as Astro's `getStaticPaths` returns it. */
export type StaticPath<P extends Readonly<Record<string, string>>, V> = {
  readonly params: P;
  readonly props: V;
  /** With an equal key, Astro takes the file from the previous build. */
  readonly cacheKey: string;
};

/** A key made from `shown`, which must hold everything the page shows, settings included. */
export function cacheKey(shown: unknown): string {
  return createHash('sha256').update(JSON.stringify(shown)).digest('base64url');
}

/** A page whose view is cheap to make: the view is its own key. */
export function viewedPath<P extends Readonly<Record<string, string>>, V>(
  params: P,
  view: V,
): StaticPath<P, { readonly view: V }> {
  return { params, props: { view }, cacheKey: cacheKey(view) };
}
