import { parse } from 'yaml';
import { expect, it } from 'vitest';
import { copiedSettings } from '../../../scripts/drill/place.ts';
import { scenarios } from '../../../scripts/drill/scenarios.ts';

it.each(scenarios)('$name has a push to stop, one to roll back, and time for both', ({ beats }) => {
  expect(beats.map(({ at }) => at)).toEqual(beats.map(({ at }) => at).toSorted((a, b) => a - b));
  const kinds = beats.flatMap(({ pushes }) => pushes?.kind ?? []);
  expect(kinds).toEqual(['announced', 'surprise']);
  const announced = beats.findIndex(({ pushes }) => pushes?.kind === 'announced');
  expect((beats[announced]?.at ?? 0) - (beats[announced - 1]?.at ?? 0)).toBe(10);
  // The only placeholder is the one that's filled in.
  expect(beats.map(({ says }) => says.replaceAll('{component}', '')).join('')).not.toMatch(/[{}]/);
});

it("the copy can't contact anything outside this machine", () => {
  const text = `name: Acme
url: https://status.acme.example
example: true
notify: {slack: {url_env: A},
  email: {to: a@example.com,
    smtp_env: B}
}
remind:
  - slack: {url_env: C}
scripts:
  - src: https://example.com/x.js
repository:
  github: acme/status
compose: true
time_zone: UTC
`;
  expect(parse(copiedSettings(text, 'http://127.0.0.1:1'))).toEqual({
    name: 'Acme',
    url: 'http://127.0.0.1:1',
    time_zone: 'UTC',
  });
});
