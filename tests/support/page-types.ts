import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { write } from './folders.ts';

/** The build time of the sample content with `troubled` added. */
export const troubledNow = '2026-11-20T18:40:00Z';

/**
 * Adds the form at /compose/, a logo for light and dark, an overdue major incident, a help page, an incident without
 * components, and a running maintenance window.
 */
export function troubled(content: string): void {
  write(
    content,
    'site.yml',
    `${readFileSync(join(content, 'site.yml'), 'utf8')}repository:\n  github: example/status\nlogo: logo.svg\n`,
  );
  write(
    content,
    'logo.svg',
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><style>path { fill: #1d2327 } @media (prefers-color-scheme: dark) { path { fill: #fff } }</style><path d="M2 2h36v16H2z"/></svg>',
  );
  write(
    content,
    'incidents/2026-11-20-gift-cards/2026-11-20T1700Z.md',
    `---
title: Gift cards cannot be bought
status: investigating
components:
  checkout: major_outage
  accounts: degraded_performance
  card-payments: partial_outage
customer_data: under_review
next_update: 30m
lead: Dana
comms: Priya
---
We are looking into it.<br /><br />See [our help pages](https://www.example.com/support).

| What | Works |
| --- | --- |
| Cards | no |

- one \`thing\`
- another
`,
  );
  write(
    content,
    'pages/help.md',
    '---\ntitle: Getting help\nnavigation: 1\n---\nWrite to [us](mailto:help@example.com).\n\n## By phone\n\n- Europe\n- Asia\n',
  );
  write(
    content,
    'incidents/2026-11-20-phones/2026-11-20T1810Z.md',
    `---
title: Nobody answers the phone
status: identified
impact: minor
remedy: We call back everybody who tried.
---
The exchange is down – "soon" & surely it is back. Please write to us instead.
`,
  );
  write(
    content,
    'maintenance/2026-11-20-webhooks/2026-11-19T0900Z.md',
    `---
title: Webhooks move house
status: scheduled
scheduled_for: 2026-11-20T18:00Z
scheduled_until: 2026-11-20T20:00Z
components:
  webhooks: under_maintenance
---
Messages are held back and sent afterwards.
`,
  );
}

/** One page of each type in the sample content with `troubled` added. */
export const pageTypes = [
  '/',
  '/help/',
  '/incidents/2026-11-20-gift-cards/',
  '/incidents/2026-04-21-shop-closed/',
  '/maintenance/2026-11-20-webhooks/',
  '/history/',
  '/history/2026-11/',
  '/components/checkout/',
  '/postmortems/',
  '/postmortems/2026-04-21-shop-closed/',
  '/subscribe/',
  '/developers/',
  '/compose/',
  '/embed/',
  '/no-such-page/',
] as const;
