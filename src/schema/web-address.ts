import { quote, type Read, readable } from './text.ts';

function readWebAddress(given: string): Read<string> {
  const wrong = `${quote(given)} is not a web address. Type it whole, as https://status.example.com`;
  if (!URL.canParse(given)) return { wrong };
  const { protocol, username, password } = new URL(given);
  if (protocol !== 'https:' && protocol !== 'http:') return { wrong };
  if (username + password !== '')
    return { wrong: `${quote(given)} holds a user name or password. Leave it out: the page is public` };
  return { value: given };
}

/** An http or https address. */
export const webAddress = (example: string) => readable(example, readWebAddress);

function readSiteAddress(given: string): Read<string> {
  const result = readWebAddress(given);
  if ('wrong' in result) return result;
  const { origin, pathname, search, hash } = new URL(result.value);
  if (search + hash !== '') {
    return { wrong: `${quote(given)} has a ? or # part. Type ${origin}${pathname.replace(/\/+$/, '')}` };
  }
  return { value: `${origin}${pathname.replace(/\/+$/, '')}` };
}

/** Where the site is served; comes out without a slash at the end. */
export const siteAddress = readable('url: https://status.example.com', readSiteAddress);
