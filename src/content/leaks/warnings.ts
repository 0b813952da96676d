import { quote } from '../../schema/text.ts';
import { placeOf } from '../decode.ts';
import { fileProblem, type Problem } from '../problem.ts';
import { internalHosts } from './internal-hosts.ts';
import { mailAddresses } from './mail-addresses.ts';

import { privateAddresses } from './private-addresses.ts';
import { isAllowed, type PrivacyRules } from './privacy-rules.ts';
import type { Span } from './span.ts';
import { stackTraces } from './stack-traces.ts';

type Kind = { readonly find: (text: string) => Span[]; readonly words: (text: string) => string };

const orAllow = (text: string): string => `Take it out, or add ${quote(text)} to "allow:" in site.yml`;

/** Finds what should hardly be public in the text of a file, and says so: the same thing once a file. */
export function leakWarnings(rules: PrivacyRules): (path: string, text: string) => Problem[] {
  const kinds: readonly Kind[] = [
    { find: privateAddresses, words: (text) => `holds the private address ${text}, of no use to customers. ${orAllow(text)}` },
    { find: internalHosts(rules.internal), words: (text) => `holds the internal host name ${text}. ${orAllow(text)}` },
    { find: mailAddresses, words: (text) => `holds the e-mail address ${text}. ${orAllow(text)}` },
    { find: stackTraces, words: () => 'holds a stack trace. Say in words what happened, or add this file to "allow:" in site.yml' },
  ];
  return (path, text) => {
    if (rules.allow.includes(path.toLowerCase())) return [];
    return kinds.flatMap(({ find, words }) => {
      const seen = new Set<string>();
      return find(text).flatMap((span) => {
        const known = span.text.toLowerCase();
        if (seen.has(known) || isAllowed(known, rules)) return [];
        seen.add(known);
        return fileProblem(path, words(span.text), placeOf(text, span.start));
      });
    });
  };
}
