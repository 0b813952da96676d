import type { APIRoute } from 'astro';
import { json } from '../../_responses.ts';
import { notFound, shown } from '../../_shown.ts';

export const GET: APIRoute = async ({ params }) => {
  const view = await shown('api/schema/[name].json', params.name);
  return view === null ? notFound() : json(view);
};
