import type { Site } from '../../../src/lib/domain/site.ts';
import { at, cadence, component } from '../domain/make.ts';

/** A site with one component and nothing else, except for what's given. */
export function smallSite(given: Partial<Site> = {}, settings: Partial<Site['settings']> = {}): Site {
  return {
    now: at('2026-11-22T15:00Z'),
    settings: {
      folder: '',
      languages: [{ locale: 'en-GB', language: 'en', folder: '' }],
      ...{ name: 'Example', url: 'https://status.example.com', timeZone: 'Europe/Berlin', locale: 'en-GB' },
      ...{
        example: false,
        support: null,
        links: [],
        footer: null,
        scripts: [],
        cadence,
        priorities: [],
        accent: null,
        logo: null,
        theme: null,
        showPeople: false,
        postmortemFor: [],
        postmortemWithin: 0,
        notify: [],
        remind: null,
        emailJoin: null,
        people: {},
        repository: null,
        compose: false,
        changed: null,
      },
      ...settings,
    },
    groups: [{ name: null, components: [component('checkout', { name: 'Checkout' })] }],
    incidents: [],
    maintenances: [],
    postmortems: [],
    pages: [],
    announcements: [],
    images: [],
    templates: [],
    ...given,
  };
}
