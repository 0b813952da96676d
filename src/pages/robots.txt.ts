import type { APIRoute } from 'astro';
import { getSite } from '../site.ts';
import { absolute, paths } from '../lib/views/paths.ts';
import { plain } from './_responses.ts';

export const GET: APIRoute = async () => {
  const { settings } = await getSite();
  return plain(`User-agent: *\nAllow: /\n\nSitemap: ${absolute(settings, paths.sitemap)}\n`);
};
