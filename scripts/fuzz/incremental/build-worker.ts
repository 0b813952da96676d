import { buildSite, type BuildOptions } from '../../site/build-site.ts';
import { problemLine } from '../../../src/content/problem.ts';

// Builds sites one after another, as it is asked to: starting the program each time would take most of the time.
process.on('message', (options: BuildOptions) => {
  buildSite(options).then(
    (result) => process.send?.({ fault: 'problems' in result ? result.problems.map((problem) => problemLine(problem, 'content')).join('\n') : null }),
    (error: unknown) => process.send?.({ fault: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
