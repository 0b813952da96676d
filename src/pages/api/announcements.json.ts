import type { APIRoute } from 'astro';
import { getSite } from '../../site.ts';
import { announcementsFile } from '../../lib/api/announcements.ts';
import { json } from '../_responses.ts';

export const GET: APIRoute = async () => json(announcementsFile(await getSite()));
