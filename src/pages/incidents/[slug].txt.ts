import type { APIRoute } from 'astro';
import { currentSite } from '../../content/run.ts';
import { incidentText } from '../../views/plain-text.ts';
import { incidentSource } from '../../views/sources.ts';
import { plain } from '../_responses.ts';
import { manyPages } from '../_static-pages.ts';

export async function getStaticPaths() {
  const site = await currentSite();
  return manyPages(site.incidents, 'slug', ({ slug }) => slug, (incident) => incidentSource(site, incident), (incident) => incidentText(site, incident));
}

export const GET: APIRoute<{ view: () => string }> = ({ props }) => plain(props.view());
