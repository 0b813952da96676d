import type { OptionTable } from './command.ts';

/** What every command takes. */
export const commonOptions = {
  content: { kind: 'text', value: 'DIR', help: 'the content folder (default: content)' },
  now: { kind: 'text', value: 'TIME', help: 'the time to go by, as 2026-11-22T14:05Z (default: the clock)' },
  json: { kind: 'switch', help: 'print JSON, for programs, errors included' },
  quiet: { kind: 'switch', help: 'show no progress; a terminal alone is shown any' },
  help: { kind: 'switch', help: 'show this help' },
} as const satisfies OptionTable;
