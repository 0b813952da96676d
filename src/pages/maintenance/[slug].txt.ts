import type { APIRoute, InferGetStaticPropsType } from 'astro';
import { getSite } from '../../site.ts';
import { maintenanceTextPaths } from '../../lib/views/maintenance-page.ts';
import { plain } from '../_responses.ts';

export const getStaticPaths = async () => maintenanceTextPaths(await getSite());

type Props = InferGetStaticPropsType<typeof getStaticPaths>;

export const GET: APIRoute<Props> = ({ props }) => plain(props.view);
