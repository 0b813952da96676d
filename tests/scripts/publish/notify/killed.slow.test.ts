import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { plainEnvironment, root } from '../../../support/halfpast.ts';
import { heard, ids, type Town, town } from './town.ts';

const texts = ['A price list', 'Almost done'];
const command = ['notify', '--state', 'state.json', '--now', '2026-11-22T14:41Z'];

type Child = { readonly kill: () => void; readonly ended: Promise<string | number | null> };

/** The real command as a process of its own. */
function start({ folder, env }: Town): Child {
  const child = spawn(process.execPath, [`${root}/scripts/halfpast.ts`, ...command], {
    cwd: folder,
    env: { ...plainEnvironment, ...env },
    stdio: 'ignore',
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return {
    kill: () => void child.kill('SIGKILL'),
    ended: new Promise((resolve) => child.on('close', (code, signal) => resolve(signal ?? code))),
  };
}

async function newsInTown(): Promise<Town> {
  const at = await town();
  await at.notify('2026-11-22T14:10Z');
  at.update('2026-11-22T1430Z', 'A price list is missing.');
  at.update('2026-11-22T1440Z', 'Almost done.');
  return at;
}

const isOurs = <T>(list: readonly T[]): number => new Set(list).size;

/** Runs it again to its end, and holds what everybody heard against the promise. */
async function afterwards(at: Town): Promise<void> {
  const again = await at.notify('2026-11-22T14:41Z');
  expect(again).toMatchObject({ code: 0, stderr: '' });
  const told = heard(at, texts);
  for (const channel of ['webhook', 'slack', 'discord', 'teams', 'email'])
    expect([...new Set(told[channel])].sort(), channel).toEqual(texts);
  expect(new Set(told['websub']).size, 'the five feeds of the site, and that of the component').toBe(6);
  // Once to those that know a message by its id, however often it came.
  const known = ids(at);
  expect(isOurs(known.webhook)).toBe(2);
  expect(isOurs(known.email)).toBe(2);
  const before = JSON.stringify(heard(at, texts));
  await at.notify('2026-11-22T14:42Z');
  expect(JSON.stringify(heard(at, texts)), 'and then never again').toBe(before);
}

/**
 * Calls back at the n-th thing that any receiver sees, before it is answered; true there leaves it without an answer.
 */
function atEvent(at: Town, n: number, then: () => void): void {
  let seen = 0;
  const count = (): 'silence' | null => {
    seen += 1;
    if (seen !== n) return null;
    then();
    return 'silence';
  };
  for (const receiver of [at.hub, at.webhook, at.slack, at.discord, at.teams]) receiver.reply = count;
  at.mail.refuse = count;
}

function calm(at: Town): void {
  for (const receiver of [at.hub, at.webhook, at.slack, at.discord, at.teams]) receiver.reply = () => null;
  at.mail.refuse = () => null;
}

describe('a run that is killed', () => {
  it.each([1, 2, 4, 6, 8, 10, 12])('at message %i, before the response, is completed by the next run', async (n) => {
    const at = await newsInTown();
    const child = start(at);
    atEvent(at, n, child.kill);
    expect(await child.ended).toBe('SIGKILL');
    calm(at);
    await afterwards(at);
  });

  it.each([1, 3, 5, 7, 9, 11])('at message %i, after the response, is completed by the next run', async (n) => {
    const at = await newsInTown();
    const child = start(at);
    let seen = 0;
    const taken = (): null => {
      seen += 1;
      // The answer is on its way, the record not yet written.
      if (seen === n) setImmediate(child.kill);
      return null;
    };
    for (const receiver of [at.hub, at.webhook, at.slack, at.discord, at.teams]) receiver.reply = taken;
    at.mail.refuse = taken;
    expect(await child.ended).toBe('SIGKILL');
    calm(at);
    await afterwards(at);
  });

  it.each([1, 2, 4, 7])('at write %i of the record is completed by the next run', async (n) => {
    const at = await newsInTown();
    const child = start(at);
    let writes = 0;
    const watcher = watch(at.folder, (_, name) => {
      if (name === '.state.json.part' && (writes += 1) === n) child.kill();
    });
    await child.ended;
    watcher.close();
    await afterwards(at);
  });
});
