import type { APIRoute } from 'astro';
import { getSite } from '../site.ts';
import { atomXml } from '../lib/feeds/formats.ts';
import { updatesFeed } from '../lib/feeds/site-feeds.ts';
import { paths } from '../lib/views/paths.ts';
import { xml } from './_responses.ts';

export const GET: APIRoute = async (context) => {
  const site = await getSite(context);
  return xml(atomXml(updatesFeed(site, paths.atom), site.now));
};
