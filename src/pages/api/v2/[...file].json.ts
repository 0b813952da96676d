import type { APIRoute } from 'astro';
import { currentSite } from '../../../content/run.ts';
import { type V2Files, v2Files } from '../../../views/api/v2-files.ts';
import { json } from '../../_responses.ts';
import { staticPages } from '../../_static-pages.ts';

export async function getStaticPaths() {
  return staticPages(Object.entries(v2Files(await currentSite())), 'file', ([name]) => name, ([, said]) => said);
}

export const GET: APIRoute<{ view: V2Files[keyof V2Files] }> = ({ props }) => json(props.view);
