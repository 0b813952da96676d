import type { APIRoute } from 'astro';
import { currentSite } from '../../../content/run.ts';
import { type PublishedSchema, publishedSchemas } from '../../../views/api/schemas.ts';
import { json } from '../../_responses.ts';
import { staticPages } from '../../_static-pages.ts';

export async function getStaticPaths() {
  const { settings } = await currentSite();
  return staticPages(publishedSchemas(settings), 'name', ({ name }) => name, (schema) => schema);
}

export const GET: APIRoute<{ view: PublishedSchema }> = ({ props }) => json(props.view.json);
