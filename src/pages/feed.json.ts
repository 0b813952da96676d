import type { APIRoute } from 'astro';
import { getSite } from '../site.ts';
import { jsonFeed } from '../views/feeds/json-feed.ts';
import { updatesFeed } from '../views/feeds/site-feeds.ts';
import { paths } from '../views/links.ts';
import { json } from './_responses.ts';

export const GET: APIRoute = async () => json(jsonFeed(updatesFeed(await getSite(), paths.jsonFeed)));
