/// <reference types="astro/client" />

/** How pages get their Content-Security-Policy: a constant that src/integration.ts defines. */
declare const halfpastPolicy: {
  /** Sources that the project allows on every page. */
  readonly csp: Readonly<Record<string, readonly string[]>>;
  /** Sources that the scripts in `site.yml` need, on pages that include those scripts. */
  readonly scripts: Readonly<Record<string, readonly string[]>>;
  /** Where browsers report blocked requests in `astro dev`; null in a build. */
  readonly reportTo: string | null;
};

declare namespace App {
  interface Locals {
    /** Set by layouts that omit the scripts in `site.yml`. */
    withoutScripts?: boolean;
  }
}
