import type { MiddlewareHandler } from 'astro';
import { contentPolicy, withPolicy } from './lib/views/content-policy.ts';

/**
 * Gives every page its Content-Security-Policy, users' own pages included: in a build as a `meta` element, in
 * `astro dev` as a header, which alone can ask the browser to report what it blocks. Astro's `security.csp`
 * knows neither `is:inline` scripts nor `astro dev`, and names the hashes of all pages in each.
 */
export const onRequest: MiddlewareHandler = async (_, next) => {
  const response = await next();
  if (response.headers.get('content-type')?.startsWith('text/html') !== true) return response;
  const { allow, reportTo } = halfpastPolicy;
  const html = await response.text();
  const headers = new Headers(response.headers);
  headers.delete('content-length');
  const { status, statusText } = response;
  if (reportTo === null) return new Response(withPolicy(html, allow), { status, statusText, headers });
  const nonce = crypto.randomUUID();
  headers.set('content-security-policy', contentPolicy(html, allow, { nonce, reportTo }));
  // Vite's client takes the nonce from here for the styles it changes while you edit.
  const named = html
    .replace(/<head[^>]*>/i, (head) => `${head}<meta property="csp-nonce" nonce="${nonce}">`)
    .replaceAll('<style data-vite-dev-id', `<style nonce="${nonce}" data-vite-dev-id`);
  return new Response(named, { status, statusText, headers });
};
