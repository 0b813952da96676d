import { updateName } from '../../src/content/update-name.ts';
import type { Instant } from '../../src/domain/instant.ts';
import type { Settings } from '../../src/domain/settings.ts';
import { absolute, paths } from '../../src/views/links.ts';

/** The address of one update on the page. */
export function permalink(settings: Settings, kind: 'incident' | 'maintenance', slug: string, at: Instant): string {
  return `${absolute(settings, paths[kind](slug))}#${updateName(at)}`;
}
