import type { APIRoute } from 'astro';
import { currentSite } from '../../../content/run.ts';
import { currentComponents } from '../../../domain/site.ts';
import { type Badge, badgeSvg, componentBadge } from '../../../views/badge.ts';
import { svg } from '../../_responses.ts';
import { staticPages } from '../../_static-pages.ts';

export async function getStaticPaths() {
  const site = await currentSite();
  return staticPages(currentComponents(site), 'id', ({ id }) => id, (component) => componentBadge(site, component));
}

export const GET: APIRoute<{ view: Badge }> = ({ props }) => svg(badgeSvg(props.view));
