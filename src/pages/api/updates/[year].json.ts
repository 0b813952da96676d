import type { APIRoute } from 'astro';
import { json } from '../../_responses.ts';
import { notFound, shown } from '../../_shown.ts';

export const GET: APIRoute = async ({ params }) => {
  const view = await shown('api/updates/[year].json', params.year);
  return view === null ? notFound() : json(view);
};
