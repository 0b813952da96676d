import type { OptionTable } from '../cli/command.ts';

/** What every command that writes a file takes. */
export const publishingOptions = {
  commit: { kind: 'switch', help: 'commit the file to git' },
  push: { kind: 'switch', help: 'commit and push it' },
  github: {
    kind: 'text',
    value: 'OWNER/REPO',
    help: 'write it to this repository on GitHub instead, and publish; needs GITHUB_TOKEN',
  },
  'dry-run': { kind: 'switch', help: 'show the file without writing it' },
} as const satisfies OptionTable;

export type Publishing = {
  readonly commit: boolean;
  readonly push: boolean;
  readonly github: string | undefined;
  readonly 'dry-run': boolean;
};
