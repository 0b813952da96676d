import { createApp } from 'astro/app/entrypoint';

const app = createApp({ streaming: false });

/** What Astro makes of an address. This file is the beginning of what Astro bundles, not a part of the commands. */
export const render = (request: Request): Promise<Response> => app.render(request);
