import type { APIRoute } from 'astro';
import { currentSite } from '../content/run.ts';
import { sitemap, sitemapXml } from '../views/sitemap.ts';
import { xml } from './_responses.ts';

export const GET: APIRoute = async () => xml(sitemapXml(sitemap(await currentSite())));
