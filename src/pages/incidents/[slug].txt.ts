import type { APIRoute, InferGetStaticPropsType } from 'astro';
import { getSite, type Route } from '../../site.ts';
import { incidentPaths, incidentText } from '../../lib/views/incident-page.ts';
import { plain } from '../_responses.ts';

export const getStaticPaths = async (route?: Route) => incidentPaths(await getSite(route));

type Props = InferGetStaticPropsType<typeof getStaticPaths>;

export const GET: APIRoute<Props> = async (context) =>
  plain(incidentText(await getSite(context), context.props.incident));
