import type { APIRoute } from 'astro';
import { badgeSvg } from '../../../views/badge.ts';
import { svg } from '../../_responses.ts';
import { notFound, shown } from '../../_shown.ts';

export const GET: APIRoute = async ({ params }) => {
  const view = await shown('components/[id]/badge.svg', params.id);
  return view === null ? notFound() : svg(badgeSvg(view));
};
