import type { APIRoute } from 'astro';
import { currentSite } from '../../../content/run.ts';
import { yearSource } from '../../../views/sources.ts';
import { type YearOfUpdates, yearOfUpdates, yearsOfUpdates } from '../../../views/update-records.ts';
import { json } from '../../_responses.ts';
import { manyPages } from '../../_static-pages.ts';

export async function getStaticPaths() {
  const site = await currentSite();
  return manyPages(yearsOfUpdates(site), 'year', (year) => year, (year) => yearSource(site, year), (year) => yearOfUpdates(site, year));
}

export const GET: APIRoute<{ view: () => YearOfUpdates }> = ({ props }) => json(props.view());
