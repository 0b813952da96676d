import type { APIRoute } from 'astro';
import { getSite } from '../site.ts';
import { calendar } from '../lib/feeds/icalendar.ts';
import { calendarFile } from './_responses.ts';

export const GET: APIRoute = async (context) => calendarFile(calendar(await getSite(context)));
