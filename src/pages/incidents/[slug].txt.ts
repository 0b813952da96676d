import type { APIRoute, InferGetStaticPropsType } from 'astro';
import { getSite } from '../../site.ts';
import { incidentPaths, incidentText } from '../../lib/views/incident-page.ts';
import { plain } from '../_responses.ts';

export const getStaticPaths = async () => incidentPaths(await getSite());

type Props = InferGetStaticPropsType<typeof getStaticPaths>;

export const GET: APIRoute<Props> = async ({ props }) => plain(incidentText(await getSite(), props.incident));
