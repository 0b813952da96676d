import type { APIRoute } from 'astro';
import { currentSite } from '../../../content/run.ts';
import { schemaIndex } from '../../../views/api/schemas.ts';
import { json } from '../../_responses.ts';

export const GET: APIRoute = async () => json(schemaIndex((await currentSite()).settings));
