import type { APIRoute } from 'astro';
import { currentSite } from '../content/run.ts';
import { calendar } from '../views/calendar.ts';
import { calendarFile } from './_responses.ts';

export const GET: APIRoute = async () => calendarFile(calendar(await currentSite()));
