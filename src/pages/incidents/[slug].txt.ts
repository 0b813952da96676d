import type { APIRoute } from 'astro';
import { plain } from '../_responses.ts';
import { notFound, shown } from '../_shown.ts';

export const GET: APIRoute = async ({ params }) => {
  const view = await shown('incidents/[slug].txt', params.slug);
  return view === null ? notFound() : plain(view);
};
