import type { APIRoute } from 'astro';
import { getSite } from '../site.ts';
import { jsonFeed } from '../lib/feeds/formats.ts';
import { updatesFeed } from '../lib/feeds/site-feeds.ts';
import { paths } from '../lib/views/paths.ts';
import { json } from './_responses.ts';

export const GET: APIRoute = async (context) => json(jsonFeed(updatesFeed(await getSite(context), paths.jsonFeed)));
