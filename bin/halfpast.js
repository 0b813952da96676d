#!/usr/bin/env node
// Plain JavaScript, so that it can explain why the rest can't run: Node is too old, or doesn't run TypeScript here.
import './installed.js';

if (import.meta.url.includes('/node_modules/')) {
  process.stderr.write(
    "halfpast: Node doesn't run TypeScript below node_modules, so Halfpast can't be installed as a package. Clone its repository and run it there. To keep only content/ in your own repository, see docs/publishing.md\n",
  );
  process.exitCode = 1;
} else if (process.features.typescript) {
  await import('../scripts/halfpast.ts');
} else {
  process.stderr.write(
    `halfpast: this is Node ${process.versions.node}, and Halfpast needs 22.18 or newer. Run "npx halfpast" in the project's folder, which uses the right version\n`,
  );
  process.exitCode = 1;
}
