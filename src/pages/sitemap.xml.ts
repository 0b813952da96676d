import type { APIRoute } from 'astro';
import { getSite } from '../site.ts';
import { sitemap, sitemapXml } from '../lib/views/sitemap.ts';
import { xml } from './_responses.ts';

export const GET: APIRoute = async () => xml(sitemapXml(sitemap(await getSite())));
