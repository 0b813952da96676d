import type { Answer, Finding } from './answer.ts';
import { noAnswer, note, problem } from './answer.ts';
import { servedPath } from './built-site.ts';
import { cacheNote } from './judge-cache.ts';
import { mainOf } from '../../../src/views/api/pages-file.ts';
import { charsetOf, isHarmless, isPage, needsCharset, typeProblem } from './media-types.ts';

const number = (bytes: number): string => bytes.toLocaleString('en-GB');

const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

/** What is wrong with the bytes that were served in place of those that were built. */
function bodyFindings(file: string, built: Uint8Array, served: Uint8Array): Finding[] {
  if (equal(built, served)) return [];
  const path = servedPath(file);
  if (served.length === 0) return [problem(path, 'is empty')];
  if (served.length < built.length && equal(built.subarray(0, served.length), served)) {
    return [problem(path, `breaks off after ${number(served.length)} of ${number(built.length)} bytes`)];
  }
  if (!isPage(file))
    return [problem(path, `is not what was built: ${number(served.length)} bytes, built were ${number(built.length)}`)];
  const html = decode(served);
  if (!html.trimEnd().endsWith('</html>'))
    return [problem(path, `breaks off: it does not end with </html>, ${number(served.length)} bytes`)];
  const said = mainOf(html);
  if (said === null || said !== mainOf(decode(built)))
    return [problem(path, 'says something else than what was built')];
  return [note(path, 'was changed around its content on the way, perhaps by the host or a proxy')];
}

function headerFindings(file: string, built: Uint8Array, headers: Readonly<Record<string, string>>): Finding[] {
  const path = servedPath(file);
  const type = headers['content-type'];
  const findings: Finding[] = [];
  const wrong = typeProblem(file, type);
  if (wrong !== null) findings.push((isHarmless(file, type) ? note : problem)(path, wrong));
  const charset = charsetOf(type);
  if (charset !== null && !['utf-8', 'utf8', 'us-ascii'].includes(charset))
    findings.push(problem(path, `is served with the character set ${charset}, not utf-8`));
  if (charset === null && needsCharset(file) && built.some((byte) => byte > 127)) {
    findings.push(note(path, 'is served without a character set; set charset=utf-8, or letters such as é are misread'));
  }
  if (/attachment/i.test(headers['content-disposition'] ?? ''))
    findings.push(problem(path, 'is served as a download (content-disposition)'));
  const cache = cacheNote(file, headers);
  if (cache !== null) findings.push(note(path, cache));
  if (isPage(file) && /noindex|none/i.test(headers['x-robots-tag'] ?? ''))
    findings.push(note(path, 'is hidden from search engines (x-robots-tag)'));
  return findings;
}

/** Holds what was served for a file against what was built. */
export function judgeFile(file: string, built: Uint8Array, answer: Answer): Finding[] {
  const path = servedPath(file);
  if (answer.kind === 'none') return [noAnswer(path, answer)];
  if (answer.status !== 200) return [problem(path, `answers ${answer.status}`)];
  return [...headerFindings(file, built, answer.headers), ...bodyFindings(file, built, answer.body)];
}
