import type { APIRoute } from 'astro';
import { getSite } from '../site.ts';
import { rssXml } from '../lib/feeds/formats.ts';
import { historyFeed } from '../lib/feeds/site-feeds.ts';
import { paths } from '../lib/views/paths.ts';
import { xml } from './_responses.ts';

export const GET: APIRoute = async (context) =>
  xml(await rssXml(historyFeed(await getSite(context), paths.historyRss)));
