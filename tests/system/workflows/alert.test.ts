import { expect, it } from 'vitest';
import { hostile } from './hostile.ts';
import { towns } from './repository.ts';

it.each(Object.entries(towns))(
  'an alert in %s opens a pull request, with a hostile text as it is',
  async (_, newTown) => {
    const place = await newTown();
    place.commit('Begin');
    const ran = await place.run('alert.yml', {
      github: {
        event: {
          repository: { default_branch: 'main' },
          action: 'alert',
          client_payload: {
            key: hostile.title,
            state: 'firing',
            title: hostile.title,
            message: hostile.message,
            components: 'checkout=partial_outage',
            publish: 'now',
          },
        },
      },
    });
    expect(ran, ran.log).toMatchObject({ jobs: { run: 'success' }, acted: [] });
    expect(ran.summary).toContain('### Done: alert');
    expect(hostile.happened(place), 'something was executed').toEqual([]);
    const pulls = (await place.github.ask('/pulls?state=all')) as readonly { readonly title: string }[];
    expect(pulls).toEqual([
      expect.objectContaining({ title: expect.stringMatching(/^Open an incident\? /) as string }),
    ]);
    expect(place.actions.started).toEqual([]);
    expect(await place.github.port.readFile('content/incidents')).toBeNull();
  },
);
