import { defineCommand } from '../cli/command.ts';
import { treeOrEmpty } from '../cli/content.ts';
import { openGitHub } from '../github/github.ts';
import { gitHubOption, readGitHub } from '../publish/options.ts';
import { commitPage, planPage, repositoryPage } from '../write/set-up.ts';
import { readForm } from './post.ts';

export const setUp = defineCommand({
  name: 'set-up',
  summary: 'Replace the sample content with your own page, from a form',
  details:
    'Does the same on GitHub as init does in a clone. Reads a JSON object of strings from standard input, such as the inputs of the workflow Set up: name, address, time_zone, components (such as "Website, checkout=Checkout and payments"), support and accent. A blank address means the one on GitHub Pages. It makes one commit.',
  args: [],
  options: gitHubOption,
  examples: [{ line: 'npx halfpast set-up --github example/status', says: 'set up with the fields that are piped in' }],
  run: async (call, context) => {
    const name = readGitHub(call.options.github);
    const form = readForm(await context.input.readAll());
    const tree = await treeOrEmpty(call.content, context);
    const plan = await planPage(form, { ...call, repository: name, tree }, context);
    const commit = await commitPage(await openGitHub(name, context), plan);
    context.stdout(`Committed the page of ${plan.name} as ${commit.slice(0, 7)}. It will be at ${plan.url}\n`);
    context.stdout("There's one step left that only a person can do: under Source, select GitHub Actions on\n");
    context.stdout(`${repositoryPage(name, context)}/settings/pages\n`);
    context.stdout('The next job waits for this, then publishes your page.\n');
    return 0;
  },
});
