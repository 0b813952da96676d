import type { MiddlewareHandler } from 'astro';
import { allOf, contentPolicy, withPolicy } from './lib/views/content-policy.ts';

/**
 * Gives every page, including users' own pages, a Content-Security-Policy: a `meta` element in a build, and a header
 * in `astro dev`, because only a header can have the browser report what it blocks. Astro's `security.csp` covers
 * neither `is:inline` scripts nor `astro dev`, and adds the hashes of all pages to every page.
 */
export const onRequest: MiddlewareHandler = async ({ locals }, next) => {
  const response = await next();
  if (response.headers.get('content-type')?.startsWith('text/html') !== true) return response;
  const { csp, scripts, reportTo } = halfpastPolicy;
  const html = await response.text();
  // Only known after the page is rendered.
  const allow = locals.withoutScripts === true ? csp : allOf(csp, scripts);
  const headers = new Headers(response.headers);
  headers.delete('content-length');
  const { status, statusText } = response;
  if (reportTo === null) return new Response(withPolicy(html, allow), { status, statusText, headers });
  const nonce = crypto.randomUUID();
  headers.set('content-security-policy', contentPolicy(html, allow, { nonce, reportTo }));
  // Vite's client reads the nonce from here for the styles it updates.
  const named = html
    .replace(/<head[^>]*>/i, (head) => `${head}<meta property="csp-nonce" nonce="${nonce}">`)
    .replaceAll('<style data-vite-dev-id', `<style nonce="${nonce}" data-vite-dev-id`);
  return new Response(named, { status, statusText, headers });
};
