import { type Span, spansOf } from './span.ts';

// Not in a longer number, version or name.
const dotted = /(?<![\w.-])\d{1,3}(?:\.\d{1,3}){3}(?![\w-]|\.\d)/g;
const coloned = /(?<![\w.:-])(?:::1|[Ff](?:[CcDd][0-9A-Fa-f]{2}|[Ee][89ABab][0-9A-Fa-f]):[0-9A-Fa-f:]{0,40})(?![\w:-])/g;

// Most texts have nothing like it, and that is seen quickly.
const hint = /\d\.\d{1,3}\.\d|:[0-9A-Fa-f]{0,4}:/;

/** Private, loopback and link-local IPv4 (RFC 1918, RFC 1122 and RFC 3927). */
function isPrivate4(address: string): boolean {
  const parts = address.split('.').map(Number);
  const [a = 0, b = 0] = parts;
  if (parts.some((part) => part > 255)) return false;
  return a === 10 || a === 127 || (a === 172 && b >= 16 && b <= 31) || (a === 192 && b === 168) || (a === 169 && b === 254);
}

/** Addresses that mean something inside a network only: IPv4 as above; IPv6 loopback, fc00::/7 (RFC 4193) and fe80::/10. */
export function privateAddresses(text: string): Span[] {
  if (!hint.test(text)) return [];
  return [
    ...spansOf(dotted, text).filter((span) => isPrivate4(span.text)),
    ...spansOf(coloned, text).filter((span) => URL.canParse(`http://[${span.text}]`)),
  ];
}
