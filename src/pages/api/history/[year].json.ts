import type { APIRoute } from 'astro';
import { currentSite } from '../../../content/run.ts';
import { type HistoryYear, historyYears } from '../../../views/api/history.ts';
import { json } from '../../_responses.ts';
import { staticPages } from '../../_static-pages.ts';

export async function getStaticPaths() {
  return staticPages(historyYears(await currentSite()), 'year', ({ year }) => year, (year) => year);
}

export const GET: APIRoute<{ view: HistoryYear }> = ({ props }) => json(props.view);
