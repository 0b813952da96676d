import type { Site } from '../../domain/site.ts';
import { type FrameView, frame, type LinkView } from '../frame.ts';
import { local, paths } from '../links.ts';

export type NotFoundView = { readonly frame: FrameView; readonly ways: readonly LinkView[] };

export function notFoundPage(site: Site): NotFoundView {
  const { settings } = site;
  return {
    frame: frame(site, { title: 'Page not found', description: 'There is no page at this address', path: '/404.html' }),
    ways: [
      { label: 'What is the status now?', href: local(settings, paths.home) },
      { label: 'All incidents by month', href: local(settings, paths.history) },
    ],
  };
}
