import { realDisk } from '../../../scripts/cli/system.ts';
import { folderHost } from '../../../scripts/publish/hosts/folder.ts';
import type { Host } from '../../../scripts/publish/hosts/host.ts';
import { runPipeline } from '../../../scripts/publish/publish.ts';
import { lockTools, smallSteps, type Steps } from './hosts/small-page.ts';

const start = Date.parse('2026-11-22T15:00Z');

/** Records what runs call, in order, on a real folder. Each step takes the time in `takes`. */
export function runsOn(folder: string) {
  const calls: string[] = [];
  let time = start;
  const takes: Readonly<Record<string, number>> = {
    build: 10,
    guard: 100,
    deploy: 1000,
    verify: 10_000,
    notify: 100_000,
  };
  const called = <T extends object>(functions: T, words: (name: string, args: unknown[]) => string | null): T =>
    new Proxy(functions, {
      get: (target, name) => {
        const found: unknown = Reflect.get(target, name);
        if (typeof found !== 'function') return found;
        return (...args: unknown[]): unknown => {
          const line = words(String(name), args);
          if (line !== null) calls.push(line);
          time += takes[String(name)] ?? 0;
          return (found as (...given: unknown[]) => unknown)(...args);
        };
      },
    });
  const plain = (id: unknown): string => String(id).replaceAll(/\S+-(?=[a-z]0000000)/g, '');
  const hostOf = (): Host =>
    called(folderHost(folder, 'our/site', { ...lockTools(), clock: () => time }, realDisk), (name, [first]) => {
      if (name === 'begin') return `begin ${String(first)}`;
      if (name === 'changeLog') return `log "${plain(first)}"`;
      if (name === 'remove') return `remove ${String(first)}`;
      return name === 'deploy' || name === 'tidy' ? name : null;
    });
  const stepsOf = (content: string, given: Partial<Steps> = {}): Steps =>
    called({ ...smallSteps(content, [], { now: time }), ...given }, (name) => `${name}?`);
  const context = (content: string, given: Partial<Steps> = {}) => ({
    host: hostOf(),
    steps: stepsOf(content, given),
    repository: null,
    keep: 1,
    again: false,
    now: () => time,
    clock: () => time,
    print: (line: string) => calls.push(`print ${line}`),
  });
  const run = async (content: string, given: Partial<Steps> = {}) => {
    calls.length = 0;
    time += 60_000;
    return { ended: await runPipeline(context(content, given), 0).catch((error: unknown) => error), calls: [...calls] };
  };
  return { run, hostOf, context, calls };
}
