import type { APIRoute, InferGetStaticPropsType } from 'astro';
import { getSite } from '../../../site.ts';
import { rssXml } from '../../../lib/feeds/formats.ts';
import { componentFeed, componentFeedPaths } from '../../../lib/feeds/site-feeds.ts';
import { xml } from '../../_responses.ts';

export const getStaticPaths = async () => componentFeedPaths(await getSite());

type Props = InferGetStaticPropsType<typeof getStaticPaths>;

export const GET: APIRoute<Props> = async ({ props }) =>
  xml(await rssXml(componentFeed(await getSite(), props.component)));
