import type { APIRoute } from 'astro';
import { getSite } from '../../site.ts';
import { postmortemsFile } from '../../lib/api/postmortems.ts';
import { json } from '../_responses.ts';

export const GET: APIRoute = async () => json(postmortemsFile(await getSite()));
