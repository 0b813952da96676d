import type { APIRoute, InferGetStaticPropsType } from 'astro';
import { getSite, type Route } from '../../../site.ts';
import { badgeSvg, componentBadgePaths } from '../../../lib/views/embed-page.ts';
import { svg } from '../../_responses.ts';

export const getStaticPaths = async (route?: Route) => componentBadgePaths(await getSite(route));

type Props = InferGetStaticPropsType<typeof getStaticPaths>;

export const GET: APIRoute<Props> = ({ props }) => svg(badgeSvg(props.view));
