import type { APIRoute, InferGetStaticPropsType } from 'astro';
import { iconPaths } from '../../lib/views/frame.ts';
import { getSite } from '../../site.ts';
import { svg } from '../_responses.ts';

export const getStaticPaths = async () => iconPaths(await getSite());

type Props = InferGetStaticPropsType<typeof getStaticPaths>;

export const GET: APIRoute<Props> = ({ props }) => svg(props.view);
