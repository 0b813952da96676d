import { currentSite } from '../content/run.ts';
import { type KindOfFile, kinds, type ViewOf } from '../views/site-files.ts';

/** What a file shows of which there are several; null when there is none of that name. */
export async function shown<K extends KindOfFile>(kind: K, name: string | undefined): Promise<ViewOf<K> | null> {
  const found = kinds[kind](await currentSite()).get(name ?? '');
  return found === undefined ? null : (found.view() as ViewOf<K>);
}

/** Only `npm run dev` is asked for what is not there. */
export const notFound = (): Response => new Response(null, { status: 404 });
