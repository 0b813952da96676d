const fileOf =
  (type: string) =>
  (body: string): Response =>
    new Response(body, { headers: { 'content-type': type } });

// Files that aren't pages. The content types only matter in `astro dev`; static hosts set their own.
export const xml = fileOf('application/xml; charset=utf-8');
export const plain = fileOf('text/plain; charset=utf-8');
export const calendarFile = fileOf('text/calendar; charset=utf-8');
export const svg = fileOf('image/svg+xml');
export const css = fileOf('text/css; charset=utf-8');
const text = fileOf('application/json; charset=utf-8');
export const json = (value: unknown): Response => text(`${JSON.stringify(value)}\n`);
