import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Loading Astro, and taking the types out of our own files, is most of what a small build does; Node keeps
// what it made of them. Nothing may be imported before this but what comes with Node.
enableCompileCache(join(import.meta.dirname, '..', 'node_modules', '.cache', 'compiled'));
await import('./main.ts');
