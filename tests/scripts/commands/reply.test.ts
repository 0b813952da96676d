import { expect, it } from 'vitest';
import { call } from '../call.ts';
import { put, smallSite } from '../site.ts';

const slug = '2026-11-22-gift-cards';

function site(first = '', later = ''): string {
  const folder = smallSite();
  put(
    folder,
    `incidents/${slug}/2026-11-22T1405Z.md`,
    `---\ntitle: Gift cards fail\nstatus: investigating\ncomponents: { checkout: partial_outage }\ncomms: Priya\n${first}---\nThey **fail**.\n`,
  );
  if (later !== '') put(folder, `incidents/${slug}/2026-11-22T1450Z.md`, later);
  return folder;
}

it('contains what customers want to know, in plain text', async () => {
  const folder = site('customer_data: unaffected\nremedy: A refund.\nclaim: Write to us.\nnext_update: 15:30Z\n');
  const { code, stdout, stderr } = await call('reply gift', folder, { now: '2026-11-22T15:00Z' });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toBe(`Gift cards fail
Investigating · Minor impact

They fail.

Customer data is not affected
Checkout: Partial outage
How we’re making it right: A refund. · Write to us.
Next update by: 22 Nov 2026, 16:30 CET

https://status.example.com/incidents/${slug}/
`);
});

it('says that the update is overdue, and whom to ask', async () => {
  const { stdout, stderr } = await call('reply gift', site('next_update: 14:30Z\n'), { now: '2026-11-22T15:00Z' });
  expect(stdout).toContain('\nNext update overdue since 22 Nov 2026, 15:30 CET\n');
  expect(stderr).toContain('is overdue by 30 minutes. Ask Priya to post it');
});

it('is about the last resolved incident if none is open, and says when to expect the postmortem', async () => {
  const folder = site('', '---\nstatus: resolved\ncustomer_data: unaffected\n---\nAll is well.\n');
  put(folder, 'incidents/2026-11-22-checkout-errors/2026-11-22T1440Z.md', '---\nstatus: resolved\n---\nOver.\n');
  const { stdout } = await call('reply', folder, { now: '2026-11-22T15:00Z' });
  expect(stdout).toContain('Gift cards fail\nResolved');
  expect(stdout).toContain('\n\nAll is well.\n\nResolved: 22 Nov 2026, 15:50 CET\n');
  expect(stdout).toContain('\nCustomer data is not affected\nAt its worst:\n- Checkout: Partial outage\n');
  expect(stdout).toContain('We’ll publish a postmortem by 29 November 2026');
});

it('works for programs too, and mentions no maintenance', async () => {
  const folder = site();
  expect(JSON.parse((await call('reply gift --json', folder)).stdout)).toMatchObject({ incident: slug });
  const { code, stderr } = await call('reply nothing', folder);
  expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('"nothing"') as string });
});
