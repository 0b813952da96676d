import type { APIRoute } from 'astro';
import { rssXml } from '../../../views/feeds/rss.ts';
import { xml } from '../../_responses.ts';
import { notFound, shown } from '../../_shown.ts';

export const GET: APIRoute = async ({ params }) => {
  const view = await shown('components/[id]/rss.xml', params.id);
  return view === null ? notFound() : xml(await rssXml(view));
};
