import type { APIRoute } from 'astro';
import { getSite } from '../site.ts';
import { rssXml } from '../views/feeds/rss.ts';
import { updatesFeed } from '../views/feeds/site-feeds.ts';
import { xml } from './_responses.ts';

export const GET: APIRoute = async () => xml(await rssXml(updatesFeed(await getSite())));
