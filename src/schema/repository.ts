import { fields } from './fields.ts';
import { quote, type Read, readable } from './text.ts';

const nameForm = /^[A-Za-z0-9](?:[A-Za-z0-9]|-(?=[A-Za-z0-9])){0,38}\/(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/;

function readGitHubName(given: string): Read<string> {
  if (nameForm.test(given)) return { value: given };
  const inside = /github\.com[/:]([^/\s]+\/[^/\s]+?)(?:\.git)?(?:\/.*)?$/.exec(given)?.[1] ?? '';
  const example = nameForm.test(inside) ? inside : 'example/status';
  return { wrong: `${quote(given)} is not the name of a repository on GitHub. Type its owner and name, as ${example}` };
}

/** git-check-ref-format(1), as far as a slip of the hand goes. */
function readBranch(given: string): Read<string> {
  const wrong = /[\s~^:?*[\\\u007f]|\.\.|\/\/|@\{|^[-/.]|[/.]$/.test(given);
  return wrong ? { wrong: `${quote(given)} is not the name of a branch. Type it as branch: main` } : { value: given };
}

function readFolder(given: string): Read<string> {
  const parts = given.replace(/^\.\//, '').replace(/\/+$/, '').split('/');
  const folder = parts.join('/');
  if (folder === '.' || folder === '')
    return given.startsWith('/')
      ? { wrong: `${quote(given)} begins with /. Type content: . for the root of the repository` }
      : { value: '' };
  if (parts.every((part) => /^[\w.@+-]+$/.test(part) && part !== '..' && part !== '.')) return { value: folder };
  return {
    wrong: `${quote(given)} is not a folder of the repository. Type its path from the root, as content: content`,
  };
}

/** Where the content is kept on GitHub: for the form that posts an update from a browser. */
export const repository = fields(
  {
    github: readable('github: example/status', readGitHubName),
    branch: readable('branch: main', readBranch).optional(),
    content: readable('content: content', readFolder).optional(),
  },
  'is not a repository. Type "github: example/status" below "repository:"',
);
