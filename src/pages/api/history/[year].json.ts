import type { APIRoute, InferGetStaticParamsType } from 'astro';
import { getSite } from '../../../site.ts';
import { historyYear, historyYearPaths } from '../../../lib/api/history.ts';
import { json } from '../../_responses.ts';

export const getStaticPaths = async () => historyYearPaths(await getSite());

type Params = InferGetStaticParamsType<typeof getStaticPaths>;

export const GET: APIRoute<object, Params> = async ({ params }) => json(historyYear(await getSite(), params.year));
