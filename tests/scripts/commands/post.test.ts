import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callWithoutGit as call, type Outcome } from '../call.ts';
import { smallSite } from '../site.ts';

const now = '2026-11-22T14:30Z';

const post = (folder: string, form: unknown, ...flags: string[]): Promise<Outcome> =>
  call(['post', ...flags], folder, { now, piped: typeof form === 'string' ? form : JSON.stringify(form) });

describe('a form', () => {
  it('posts an update to the open incident, with its text unchanged', async () => {
    const folder = smallSite();
    const message = '--push\n\n- "quoted" $(touch owned)';
    expect(await post(folder, { message, status: 'identified', title: '', next_update: null })).toMatchObject({
      code: 0,
      stderr: '',
    });
    const file = 'content/incidents/2026-11-22-checkout-errors/2026-11-22T1430Z.md';
    expect(readFileSync(join(folder, file), 'utf8')).toBe(`---\nstatus: identified\n---\n${message}\n`);
  });

  it('opens an incident if there’s a title but no incident, and omits unchanged fields', async () => {
    const folder = smallSite();
    const form = {
      title: 'Search is down',
      message: 'We look.',
      status: 'as before',
      impact: 'from the components',
      components: 'api=major_outage',
      customer_data: 'under_review',
      lead: 'Dana',
      comms: 'Priya',
    };
    expect(await post(folder, form)).toMatchObject({ code: 0 });
    const made = join(folder, 'content/incidents/2026-11-22-search-is-down');
    const text = readFileSync(join(made, readdirSync(made)[0] ?? ''), 'utf8');
    expect(text).toBe(
      '---\ntitle: Search is down\nstatus: investigating\ncomponents:\n  api: major_outage\ncustomer_data: under_review\nlead: Dana\ncomms: Priya\n---\nWe look.\n',
    );
  });

  it('says how customers claim a remedy, and when they got it', async () => {
    const form = { status: 'resolved', customer_data: 'unaffected', message: 'x', remedy: 'A refund.' };
    const terms = { claim: 'Write to us.', claim_until: '2026-12-31', remedied: '2026-11-22' };
    expect((await post(smallSite(), { ...form, ...terms }, '--dry-run')).stdout).toContain(
      'remedy: A refund.\nclaim: Write to us.\nclaim_until: 2026-12-31\nremedied: 2026-11-22\n',
    );
  });

  it('corrects the text of a published update, and keeps the rest of its file', async () => {
    const folder = smallSite();
    const file = join(folder, 'content/incidents/2026-11-22-checkout-errors/2026-11-22T1405Z.md');
    expect(await post(folder, { edit: 'checkout', message: 'Some cards fail.', status: 'as before' })).toMatchObject({
      code: 0,
    });
    expect(readFileSync(file, 'utf8')).toMatch(/comms: Priya\nedited: 2026-11-22T14:30Z\n---\nSome cards fail\.\n$/);
    const both = await post(folder, { edit: 'checkout', incident: 'checkout', message: 'x' });
    expect(both.stderr).toContain('leave incident blank');
  });

  it('renames an incident with a title and an incident', async () => {
    const form = { title: 'Cards fail', incident: 'checkout', message: 'x' };
    expect((await post(smallSite(), form, '--dry-run')).stdout).toContain('title: Cards fail');
  });

  it.each([
    ['no JSON', 'message: x', 'standard input is not a JSON object of strings. Pipe in one'],
    ['a list', '["x"]', 'standard input is not a JSON object of strings'],
    ['a number for a text', { message: 5 }, 'standard input is not a JSON object of strings'],
    ['a mistyped field', { mesage: 'x' }, '"mesage" is not a field of the form. Did you mean "message"?'],
    ['a flag that publishes', { push: 'true', message: 'x' }, '"push" is not a field of the form'],
    [
      'no text',
      { message: ' \n' },
      'halfpast: message is missing. Type what customers should know, such as message: "Payments work again."\n',
    ],
    [
      'no verdict',
      { status: 'resolved', impact: 'major', message: 'x' },
      "halfpast: customer_data is missing: 2026-11-22-checkout-errors is major, and customers haven't read whether their data is safe. Type customer_data: unaffected or customer_data: affected, or under_review if you don't know yet\n",
    ],
    [
      'a resolved incident and no status',
      { incident: '2026-11-20-slow-search', message: 'x' },
      'halfpast: status is missing: 2026-11-20-slow-search is resolved. Type status: resolved to add to it, or status: investigating, identified or monitoring to reopen it\n',
    ],
    [
      'a correction without a text',
      { edit: 'checkout' },
      'halfpast: message is missing. Type the corrected text, such as message: "…"\n',
    ],
    ['a hyphen, which is no text', { message: '-' }, 'has no visible text'],
    ['an incident that is a flag', { incident: '--push', message: 'x' }, 'has "--push" in its name'],
    [
      'a promise after the end',
      { status: 'resolved', next_update: '1h', customer_data: 'unaffected', message: 'x' },
      'halfpast: next_update: the update resolves the incident, so there is no next update. Leave it out, or use another status\n',
    ],
    ['a wrong value', { next_update: '30m --push', message: 'x' }, 'next_update: '],
    [
      'a title without a text',
      { title: 'x', impact: 'minor' },
      'halfpast: message is missing. Add what customers should know, such as message: "We are looking into it."\n',
    ],
    ['a mistyped template', { title: 'x', template: 'nope' }, 'template: '],
    [
      'nothing affected',
      { title: 'x', message: 'x' },
      'halfpast: components is missing. Add what is affected, such as components: checkout=partial_outage, or impact: minor\n',
    ],
    [
      'an end and no beginning',
      { title: 'x', message: 'x', status: 'resolved', ended: '2026-11-22T14:00Z' },
      'halfpast: started is missing. Add when customers were first affected, such as started: 2026-11-22T01:00Z\n',
    ],
    [
      'neither a beginning nor an end',
      { title: 'x', message: 'x', status: 'resolved', components: 'api=major_outage' },
      'halfpast: started and ended are missing. Add when the incident began and when it was over, such as started: 2026-11-22T01:00Z ended: 2026-11-22T04:00Z\n',
    ],
  ])('with %s posts nothing, and says why', async (_, form, expected) => {
    const folder = smallSite();
    const before = readdirSync(join(folder, 'content/incidents'), { recursive: true });
    const { code, stderr } = await post(folder, form);
    expect(code).not.toBe(0);
    expect(stderr).toContain(expected);
    expect(stderr.trimEnd().split('\n').length).toBeLessThanOrEqual(2);
    expect(readdirSync(join(folder, 'content/incidents'), { recursive: true })).toEqual(before);
  });
});
