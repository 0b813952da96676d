import type { Repository } from '../../domain/settings.ts';

/** GitHub answers longer addresses with "414 URI Too Long"; what is left is for its own sign-in page on the way. */
export const longestAddress = 7000;

export type NewFilePage = {
  /** GitHub's page for a new file, with its path and, where it fits, its text. */
  readonly address: string;
  /** Whether the text is in the address; if not, it has to be pasted there. */
  readonly whole: boolean;
};

/** Where on GitHub a file is made by hand; `path` is from the root of the repository. */
export function newFilePage(
  { name, branch }: Repository,
  path: string,
  text: string,
  commitMessage: string,
): NewFilePage {
  const page = `https://github.com/${name}/new/${branch.split('/').map(encodeURIComponent).join('/')}`;
  const named = `filename=${encodeURIComponent(path)}`;
  const whole = `${page}?${named}&value=${encodeURIComponent(text)}&message=${encodeURIComponent(commitMessage)}`;
  return whole.length <= longestAddress
    ? { address: whole, whole: true }
    : { address: `${page}?${named}`, whole: false };
}
