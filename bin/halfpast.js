#!/usr/bin/env node
// Plain JavaScript, so that a Node too old for the rest can still say so.
if (process.features.typescript) {
  await import('../scripts/halfpast.ts');
} else {
  process.stderr.write(
    `halfpast: this is Node ${process.versions.node}, and Halfpast needs 22.18 or newer. Run "npx halfpast" in the project's folder, which brings the right one\n`,
  );
  process.exitCode = 1;
}
