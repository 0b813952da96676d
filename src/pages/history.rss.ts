import type { APIRoute } from 'astro';
import { getSite } from '../site.ts';
import { rssXml } from '../views/feeds/rss.ts';
import { historyFeed } from '../views/feeds/site-feeds.ts';
import { paths } from '../views/links.ts';
import { xml } from './_responses.ts';

export const GET: APIRoute = async () => xml(await rssXml(historyFeed(await getSite(), paths.historyRss)));
