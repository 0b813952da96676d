import type { APIRoute, InferGetStaticPropsType } from 'astro';
import { getSite } from '../../../site.ts';
import { schemaPaths } from '../../../lib/api/schemas.ts';
import { json } from '../../_responses.ts';

export const getStaticPaths = async () => schemaPaths((await getSite()).settings);

type Props = InferGetStaticPropsType<typeof getStaticPaths>;

export const GET: APIRoute<Props> = ({ props }) => json(props.view);
