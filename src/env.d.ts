/// <reference types="astro/client" />

/** How pages get their Content-Security-Policy: a constant that src/integration.ts writes in. */
declare const halfpastPolicy: {
  readonly allow: Readonly<Record<string, readonly string[]>>;
  /** Where `astro dev` has the browser report what it blocks; null in a build. */
  readonly reportTo: string | null;
};
