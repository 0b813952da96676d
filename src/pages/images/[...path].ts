import type { APIRoute, InferGetStaticPropsType } from 'astro';
import { getSite } from '../../site.ts';
import { imagePaths } from '../../lib/views/static-paths.ts';

export const getStaticPaths = async () => imagePaths(await getSite());

type Props = InferGetStaticPropsType<typeof getStaticPaths>;

export const GET: APIRoute<Props> = ({ props }) =>
  new Response(new Uint8Array(props.bytes), { headers: { 'content-type': props.type } });
