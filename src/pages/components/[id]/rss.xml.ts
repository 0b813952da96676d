import type { APIRoute } from 'astro';
import { currentSite } from '../../../content/run.ts';
import { allComponents } from '../../../domain/site.ts';
import type { Feed } from '../../../views/feeds/feed.ts';
import { rssXml } from '../../../views/feeds/rss.ts';
import { componentFeed } from '../../../views/feeds/site-feeds.ts';
import { componentFeedSource } from '../../../views/sources.ts';
import { xml } from '../../_responses.ts';
import { manyPages } from '../../_static-pages.ts';

export async function getStaticPaths() {
  const site = await currentSite();
  // Those that are retired keep their feed: who follows it must not find it gone.
  return manyPages(allComponents(site), 'id', ({ id }) => id, (component) => componentFeedSource(site, component), (component) => componentFeed(site, component));
}

export const GET: APIRoute<{ view: () => Feed }> = async ({ props }) => xml(await rssXml(props.view()));
