import { describe, expect, it } from 'vitest';
import { parseContent } from '../../../src/lib/content/check-content.ts';
import { problemLine } from '../../../src/lib/content/problem.ts';

const site = (scope: string): string => `name: Example
url: https://status.example.com
time_zone: Europe/Berlin
notify:
  slack:
    - name: team
      url_env: TEAM_URL
${scope}    - url_env: SLACK_URL
`;

/** The lines that `check` prints for a site with these settings and the component `checkout`. */
function problemsIn(settings: string): string[] {
  const files = { 'components.yml': 'components:\n  - id: checkout\n    name: Checkout\n', 'site.yml': settings };
  const encoder = new TextEncoder();
  const tree = {
    files: Object.entries(files).map(([path, text]) => ({ path, bytes: encoder.encode(text) })),
    folders: [],
    others: [],
  };
  const parsed = parseContent(tree, Date.parse('2026-11-22T15:00Z'));
  return 'problems' in parsed ? parsed.problems.map((problem) => problemLine(problem, 'content')) : [];
}

describe('a mistake in the channels', () => {
  it.each([
    [
      '      components: [chekout]\n',
      'content/site.yml:8:20  notify.slack.1.components.1: "chekout" is not in components.yml. Did you mean "checkout"?',
    ],
    [
      '      impact: huge\n',
      'content/site.yml:8:15  notify.slack.1.impact: "huge" is not an impact to send from. Use one of: minor, major, critical.',
    ],
    [
      '      component: checkout\n',
      'content/site.yml:8:7  notify.slack.1.component: is not a known field. Did you mean "components"?',
    ],
    [
      '    - url_env: OTHER_URL\n',
      'content/site.yml:9:7  notify.slack.3: has no name, and only one channel of each kind can omit it. Add one, such as name: checkout-team',
    ],
    [
      '      components: []\n',
      'content/site.yml:8:19  notify.slack.1.components: is an empty list. Add a component, or delete it',
    ],
    [
      '      components: [checkout, checkout]\n',
      'content/site.yml:8:30  notify.slack.1.components.2: appears twice. Delete this line',
    ],
  ])('%j is reported with its place', (scope, problem) => {
    expect(problemsIn(site(scope))).toEqual([problem]);
  });

  it("is reported without a number if there's only one channel", () => {
    const single = site('').replace(/ {4}- name: team\n.*\n {4}- url_env: .*/, '    url: x');
    expect(problemsIn(single)).toEqual([
      'content/site.yml:6:5  notify.slack.url_env: is missing. Add url_env: HALFPAST_SLACK_URL',
      'content/site.yml:6:5  notify.slack.url: is not a known field. Did you mean "url_env"?',
    ]);
  });

  it('is reported together with mistakes in the reminders', () => {
    const reminders = 'remind:\n  - for: lead\n  - issues: true\n  - issues: true\n';
    expect(problemsIn(`${site('      components: [chekout]\n')}\n${reminders}`)).toEqual([
      expect.stringMatching(
        / notify\.slack\.1\.components\.1: "chekout" is not in components\.yml\. Did you mean "checkout"\?$/,
      ),
      expect.stringMatching(/ remind\.1: must name one place\. /),
      expect.stringMatching(/ remind\.3: is the same place as an earlier item\. Delete one of them$/),
    ]);
  });
});
