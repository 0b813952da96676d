import type { APIRoute } from 'astro';
import { getSite } from '../site.ts';
import { sitemap, sitemapXml } from '../views/sitemap.ts';
import { xml } from './_responses.ts';

export const GET: APIRoute = async () => xml(sitemapXml(sitemap(await getSite())));
