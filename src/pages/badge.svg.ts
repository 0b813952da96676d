import type { APIRoute } from 'astro';
import { getSite } from '../site.ts';
import { badgeSvg, siteBadge } from '../lib/views/embed-page.ts';
import { svg } from './_responses.ts';

export const GET: APIRoute = async (context) => svg(badgeSvg(siteBadge(await getSite(context))));
