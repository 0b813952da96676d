import type { APIRoute } from 'astro';
import { currentSite } from '../../../content/run.ts';
import { type HistoryYear, historyYear, historyYears } from '../../../views/api/history.ts';
import { yearSource } from '../../../views/sources.ts';
import { json } from '../../_responses.ts';
import { manyPages } from '../../_static-pages.ts';

export async function getStaticPaths() {
  const site = await currentSite();
  return manyPages(historyYears(site), 'year', (year) => year, (year) => yearSource(site, year), (year) => historyYear(site, year));
}

export const GET: APIRoute<{ view: () => HistoryYear }> = ({ props }) => json(props.view());
