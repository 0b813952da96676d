import type { APIRoute } from 'astro';
import { getSite } from '../../site.ts';
import { rssXml } from '../../lib/feeds/formats.ts';
import { postmortemsFeed } from '../../lib/feeds/site-feeds.ts';
import { xml } from '../_responses.ts';

export const GET: APIRoute = async (context) => xml(await rssXml(postmortemsFeed(await getSite(context))));
