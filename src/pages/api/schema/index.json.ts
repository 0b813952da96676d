import type { APIRoute } from 'astro';
import { getSite } from '../../../site.ts';
import { schemaIndex } from '../../../lib/api/schemas.ts';
import { json } from '../../_responses.ts';

export const GET: APIRoute = async () => json(schemaIndex((await getSite()).settings));
