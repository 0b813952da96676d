import type { APIRoute, InferGetStaticPropsType } from 'astro';
import { getSite } from '../../site.ts';
import { incidentPaths } from '../../views/pages/incident-page.ts';
import { incidentText } from '../../views/plain-text.ts';
import { plain } from '../_responses.ts';

export const getStaticPaths = async () => incidentPaths(await getSite());

type Props = InferGetStaticPropsType<typeof getStaticPaths>;

export const GET: APIRoute<Props> = async ({ props }) => plain(incidentText(await getSite(), props.incident));
