import { expect, it } from 'vitest';
import { folderEmergency, gitHubEmergency, type RunCard, runCardText } from '../../../scripts/publish/run-card.ts';
import { hour, minute } from '../../../src/lib/domain/calendar.ts';

const settings: RunCard['settings'] = {
  name: 'Example',
  url: 'https://status.example.com',
  timeZone: 'Europe/Berlin',
  priorities: ['Safe data', 'Clear words'],
  cadence: {
    checkIn: 15 * minute,
    update: { kind: 'at_minute', minute: 5 },
    byImpact: { critical: { kind: 'every', duration: 30 * minute }, minor: { kind: 'every', duration: 2 * hour } },
  },
};

it("the card has everything, in the order it's needed", () => {
  const card = runCardText({
    settings,
    now: Date.parse('2026-11-22T23:30Z'),
    places: [['Repository', 'example/status']],
    post: ['the form', 'a command'],
    drill: 'bin/halfpast drill',
    emergency: gitHubEmergency('example/status'),
  });
  const rule = '='.repeat(72);
  expect(card).toBe(`${rule}
RUN CARD   Example   https://status.example.com
${rule}
Repository    example/status

GOALS, IN ORDER
  1. Safe data
  2. Clear words

ALL NIGHT
  Check in with the team every 15 minutes.
  Update customers at :05 every hour, even without news.
  Minor impact: every 2 hours.
  Critical impact: every 30 minutes.

POST
  the form
  a command

STOP PUBLISHING
  https://github.com/example/status/settings/variables/actions
  New repository variable: HALFPAST_HOLD, with the reason as its value
  or: gh variable set HALFPAST_HOLD --body "why" --repo example/status
  To resume: delete the variable, then publish

GO BACK
  https://github.com/example/status/actions/workflows/publish.yml
  Run workflow, with the release: last
  or: gh workflow run publish.yml -f release=last --repo example/status

PUBLISH MANUALLY
  https://github.com/example/status/actions/workflows/publish.yml
  Run workflow, with nothing filled in
  or: gh workflow run publish.yml --repo example/status
  GitHub is down, in a clone: npm ci && npm run build
  Then copy dist/ to any web server

MORE
  Refused, or NOT LIVE? docs/when-it-goes-wrong.md
  Rehearse it: bin/halfpast drill
  Printed 2026-11-23
`);
});

it.each([
  ['content', null, '/bin/halfpast publish --to "/srv/our status" --url https://status.example.com'],
  [
    '/srv/content',
    null,
    '/bin/halfpast publish --to "/srv/our status" --url https://status.example.com --content /srv/content',
  ],
  ['content', '/srv/status.git', '/srv/status.git/hooks/post-receive'],
])('on a server with %s and the hook of %s, its commands can be typed', (content, bare, publish) => {
  const given = { to: '/srv/our status', program: '/bin/halfpast', url: 'https://status.example.com' };
  expect(folderEmergency({ ...given, content, bare })).toEqual({
    stop: ['echo "why" > "/srv/our status/STOP"', 'rm "/srv/our status/STOP"    # to resume, then publish'],
    back: ['/bin/halfpast rollback --to "/srv/our status"'],
    publish: [publish],
  });
});
