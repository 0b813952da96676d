import type { APIRoute, InferGetStaticPropsType } from 'astro';
import { getSite } from '../../../site.ts';
import { v2Paths } from '../../../lib/api/v2-files.ts';
import { json } from '../../_responses.ts';

export const getStaticPaths = async () => v2Paths(await getSite());

type Props = InferGetStaticPropsType<typeof getStaticPaths>;

export const GET: APIRoute<Props> = ({ props }) => json(props.view);
