import type { APIRoute } from 'astro';
import { getSite } from '../site.ts';
import { atomXml } from '../views/feeds/atom.ts';
import { updatesFeed } from '../views/feeds/site-feeds.ts';
import { paths } from '../views/links.ts';
import { xml } from './_responses.ts';

export const GET: APIRoute = async () => {
  const site = await getSite();
  return xml(atomXml(updatesFeed(site, paths.atom), site.now));
};
