/** Files that aren't pages. The content types only matter in `astro dev`; static hosts set their own. */
export const xml = (body: string): Response =>
  new Response(body, { headers: { 'content-type': 'application/xml; charset=utf-8' } });

export const plain = (body: string): Response =>
  new Response(body, { headers: { 'content-type': 'text/plain; charset=utf-8' } });

export const json = (value: unknown): Response =>
  new Response(`${JSON.stringify(value)}\n`, { headers: { 'content-type': 'application/json; charset=utf-8' } });

export const calendarFile = (body: string): Response =>
  new Response(body, { headers: { 'content-type': 'text/calendar; charset=utf-8' } });

export const svg = (body: string): Response => new Response(body, { headers: { 'content-type': 'image/svg+xml' } });

export const css = (body: string): Response =>
  new Response(body, { headers: { 'content-type': 'text/css; charset=utf-8' } });
