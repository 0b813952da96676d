import type { APIRoute, InferGetStaticParamsType } from 'astro';
import { getSite } from '../../../site.ts';
import { updatesYearPaths, yearOfUpdates } from '../../../lib/api/history.ts';
import { json } from '../../_responses.ts';

export const getStaticPaths = async () => updatesYearPaths(await getSite());

type Params = InferGetStaticParamsType<typeof getStaticPaths>;

export const GET: APIRoute<object, Params> = async ({ params }) => json(yearOfUpdates(await getSite(), params.year));
