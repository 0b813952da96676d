import type { APIRoute, InferGetStaticPropsType } from 'astro';
import { getSite, type Route } from '../../../site.ts';
import { rssXml } from '../../../lib/feeds/formats.ts';
import { componentFeed, componentFeedPaths } from '../../../lib/feeds/site-feeds.ts';
import { xml } from '../../_responses.ts';

export const getStaticPaths = async (route?: Route) => componentFeedPaths(await getSite(route));

type Props = InferGetStaticPropsType<typeof getStaticPaths>;

export const GET: APIRoute<Props> = async (context) =>
  xml(await rssXml(componentFeed(await getSite(context), context.props.component)));
