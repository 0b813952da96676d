/// <reference types="astro/client" />

/** A program for the reader's browser, bundled and without types, as text (scripts/site/browser-scripts.ts). */
declare module '*?script' {
  export const code: string;
}

/** Whether Vite serves the page (`npm run dev`): a constant that scripts/site/astro-options.ts writes in. */
declare const servedByVite: boolean;
