import { placeOf } from '../decode.ts';
import { fileProblem, type Problem } from '../problem.ts';
import { mayHoldCredential } from '../../schema/credential-starts.ts';
import { credentialsIn } from './credentials.ts';
import { isAllowed, type PrivacyRules } from './privacy-rules.ts';

/** The text of a content file. */
export type FileText = { readonly path: string; readonly text: string };

/** A file that holds a credential in its text or its name, and the problems to tell of it. None of them says the credential. */
export type Exposed = { readonly path: string; readonly secrets: readonly string[]; readonly problems: readonly Problem[] };

const begins = 'holds what looks like a credential';

const message = (kind: string): string =>
  `${begins} (${kind}). Take it out and, if it was pushed, revoke it: git keeps it. If it is public on purpose, add it to "allow:" in site.yml`;

/** Whether a problem tells of a credential: what it is about may not be shown. */
export function isAboutCredential(problem: Problem): boolean {
  return problem.message.startsWith(begins);
}

async function found(text: string, rules: PrivacyRules) {
  const credentials = (await credentialsIn(text)).map(({ kind, start, end }) => ({ kind, start, secret: text.slice(start, end) }));
  return credentials.filter(({ secret }) => !isAllowed(secret, rules));
}

async function exposedIn({ path, text }: FileText, rules: PrivacyRules): Promise<Exposed[]> {
  const [inName, inText] = await Promise.all([found(path, rules), found(text, rules)]);
  if (inName.length + inText.length === 0) return [];
  const shown = inName.reduce((name, { secret }) => name.replaceAll(secret, '…'), path);
  const problems = [
    ...inName.map(({ kind }) => fileProblem(shown, message(kind))),
    ...inText.map(({ kind, start }) => fileProblem(shown, message(kind), placeOf(text, start))),
  ];
  return [{ path, secrets: [...inName, ...inText].map(({ secret }) => secret), problems }];
}

/** The files that hold a credential which `site.yml` does not allow. */
export async function exposedFiles(files: readonly FileText[], rules: PrivacyRules): Promise<readonly Exposed[]> {
  const suspects = files.filter(({ path, text }) => mayHoldCredential(text) || mayHoldCredential(path));
  return (await Promise.all(suspects.map((file) => exposedIn(file, rules)))).flat();
}
