/// <reference types="astro/client" />

/** How pages get their Content-Security-Policy: a constant that src/integration.ts writes in. */
declare const halfpastPolicy: {
  /** What the project allows on every page. */
  readonly csp: Readonly<Record<string, readonly string[]>>;
  /** What the scripts of `site.yml` need, where they are. */
  readonly scripts: Readonly<Record<string, readonly string[]>>;
  /** Where `astro dev` has the browser report what it blocks; null in a build. */
  readonly reportTo: string | null;
};

declare namespace App {
  interface Locals {
    /** Set by a layout that leaves the scripts of `site.yml` out. */
    withoutScripts?: boolean;
  }
}
