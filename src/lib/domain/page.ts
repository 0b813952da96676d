import type { Translatable } from './translation.ts';
import type { ShownImage } from './vocabulary.ts';

/** A page that the content adds. */
export type OwnPage = Translatable & {
  /** Its address below the site: `/slug/`. */
  readonly slug: string;
  readonly title: string;
  /** Its place in the navigation among the others, behind the pages that every site has; null if it isn't there. */
  readonly navigation: number | null;
  /** Markdown. */
  readonly body: string;
  readonly images: readonly ShownImage[];
};
