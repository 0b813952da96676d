import type { APIRoute, InferGetStaticPropsType } from 'astro';
import { getSite, type Route } from '../../site.ts';
import { maintenanceTextPaths } from '../../lib/views/maintenance-page.ts';
import { plain } from '../_responses.ts';

export const getStaticPaths = async (route?: Route) => maintenanceTextPaths(await getSite(route));

type Props = InferGetStaticPropsType<typeof getStaticPaths>;

export const GET: APIRoute<Props> = ({ props }) => plain(props.view);
