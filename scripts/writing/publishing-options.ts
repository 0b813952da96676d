import type { OptionTable } from '../cli/command.ts';

/** What every command that writes a file takes. */
export const publishingOptions = {
  commit: { kind: 'switch', help: 'commit the file to git' },
  push: { kind: 'switch', help: 'commit and push it' },
  'dry-run': { kind: 'switch', help: 'show the file without writing it' },
} as const satisfies OptionTable;

export type Publishing = { readonly commit: boolean; readonly push: boolean; readonly 'dry-run': boolean };
