import type { APIRoute } from 'astro';
import style from '../styles/feed.css?raw';
import { css } from './_responses.ts';

export const GET: APIRoute = () => css(style);
