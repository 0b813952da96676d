import { defineCommand } from '../cli/command.ts';
import { openGitHub, workflows } from '../github/github.ts';
import { awaitPages } from '../publish/doctor.ts';
import { gitHubOption, readAddress, readGitHub } from '../publish/options.ts';
import { repositoryPage } from '../write/set-up.ts';

export const setUpPublish = defineCommand({
  name: 'set-up publish',
  summary: 'Wait until GitHub Pages is on, and start Publish',
  details:
    "The second job of the workflow Set up. A workflow can't turn on GitHub Pages, so it waits until someone does.",
  args: [],
  options: gitHubOption,
  examples: [{ line: 'npx halfpast set-up publish --github example/status', says: 'publish the first release' }],
  run: async (call, context) => {
    const name = readGitHub(call.options.github);
    const port = await openGitHub(name, context);
    const page = repositoryPage(name, context);
    const url = await readAddress(undefined, call.content, context);
    await awaitPages(port, { url, page }, context);
    await port.startWorkflow(workflows.publish, {});
    context.stdout(`Publish has started: ${page}/actions/workflows/${workflows.publish}\n`);
    context.stdout(`In about two minutes, your page will be at ${url}\n`);
    return 0;
  },
});
