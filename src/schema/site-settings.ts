import type { z } from 'zod';
import { cadence } from './cadence.ts';
import { duration } from './duration.ts';
import { fields, yesOrNo } from './fields.ts';
import { instant } from './instant.ts';
import { list } from './list.ts';
import { notify } from './notify.ts';
import { people } from './people.ts';
import { privacy } from './privacy.ts';
import { repository } from './repository.ts';
import { quote, readable, text } from './text.ts';
import { locale, timeZone } from './time-zone.ts';
import { siteAddress, webAddress } from './web-address.ts';

const link = fields(
  { label: text('label: Support'), url: webAddress('url: https://www.example.com/support') },
  'is not a link. Type "- label: Support" and "  url: https://…" below it',
);

const colour = readable('accent: "#1f6f5c"', (given) =>
  /^#(?:[0-9a-f]{3}){1,2}$/i.test(given)
    ? { value: given.length === 4 ? given.toLowerCase().replaceAll(/[0-9a-f]/g, '$&$&') : given.toLowerCase() }
    : { wrong: `${quote(given)} is not a colour. Type six hex digits in quotes, as "#1f6f5c"` },
);

const logoFile = readable('logo: logo.svg', (given) =>
  /^[\w-]+\.svg$/i.test(given)
    ? { value: given }
    : {
        wrong: `${quote(given)} is not the name of an SVG file. Type logo: logo.svg and put that file beside site.yml`,
      },
);

/** `site.yml`. Times in hints are in `zone`, as far as it is known. */
export function siteSettingsSchema(zone: string) {
  return fields(
    {
      name: text('name: Example'),
      url: siteAddress,
      time_zone: timeZone,
      locale: locale.optional(),
      links: list(link, 'label: Support').optional(),
      cadence: cadence.optional(),
      priorities: list(text('- Customer data is safe'), 'Customer data is safe').optional(),
      accent: colour.optional(),
      logo: logoFile.optional(),
      show_people: yesOrNo.optional(),
      postmortem_within: duration('postmortem_within: 7d').optional(),
      notify: notify.optional(),
      people: people.optional(),
      repository: repository.optional(),
      compose: yesOrNo.optional(),
      ...privacy,
      changed: instant('changed: 2026-08-22T22:15Z', zone).optional(),
    },
    'is not a list of settings. Type a setting on each line, as "name: Example"',
  );
}

export type SiteSettingsFile = z.output<ReturnType<typeof siteSettingsSchema>>;
