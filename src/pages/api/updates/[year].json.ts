import type { APIRoute } from 'astro';
import { currentSite } from '../../../content/run.ts';
import { type YearOfUpdates, yearsOfUpdates } from '../../../views/update-records.ts';
import { json } from '../../_responses.ts';
import { staticPages } from '../../_static-pages.ts';

export async function getStaticPaths() {
  return staticPages(yearsOfUpdates(await currentSite()), 'year', ({ year }) => year, (year) => year);
}

export const GET: APIRoute<{ view: YearOfUpdates }> = ({ props }) => json(props.view);
