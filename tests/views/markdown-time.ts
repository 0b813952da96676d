import { imageProblems } from '../../src/content/images.ts';
import { structureProblems } from '../../src/content/markdown-structure.ts';
import { markdownProblems } from '../../src/content/markdown.ts';
import { plainText, updateHtml } from '../../src/views/markdown.ts';
import { pathological } from './pathological.ts';

const page = 'https://status.example.com/incidents/x/';

/** A pathological text of about `size` characters. */
export function pathologicalText(name: string, size: number): string {
  const make = pathological[name] ?? (() => '');
  const [small, large] = [make(100).length, make(200).length];
  return make(Math.max(2, Math.round((size * 100) / Math.max(1, large - small)))).slice(0, size);
}

/** How long the processor worked for this process so far, in milliseconds: other work on the machine does not count. */
function worked(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** The shortest of some times that reading and showing a text takes, in milliseconds of the processor. */
export function markdownTime(text: string, tries: number): number {
  const file = `---\nstatus: resolved\n---\n${text}`;
  const times = Array.from({ length: tries }, () => {
    const began = worked();
    plainText(updateHtml(text, page));
    // Parts of it alone as well: check may stop at the first that finds something, and looks for images only if one is named.
    markdownProblems(file, text, 'x.md');
    structureProblems(file, text, 'x.md');
    imageProblems(`${file}<img`, `${text}<img`, 'x.md');
    return worked() - began;
  });
  return Math.min(...times);
}
