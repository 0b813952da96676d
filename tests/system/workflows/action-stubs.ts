import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, matchesGlob, resolve } from 'node:path';

/** Where the stand-ins for actions work. */
export type Place = {
  /** The bare repository. */
  readonly repository: string;
  readonly workspace: string;
  /** The commit of the run. */
  readonly sha: string;
  /** The artifacts of the run, each in a folder of its name; those of other runs beside it. */
  readonly artifacts: string;
  readonly run: string;
  /** What the host of the pages serves. */
  readonly served: string;
  /** Keeps what an action of that name is to do instead, as a host that does not take a site. */
  readonly broken: ReadonlySet<string>;
};

type Inputs = Readonly<Record<string, string>>;

function artifactFolder({ artifacts, run }: Place, inputs: Inputs): string {
  return join(artifacts, inputs['run-id'] ?? run);
}

const stubs: Readonly<Record<string, (inputs: Inputs, place: Place) => Readonly<Record<string, string>>>> = {
  'actions/checkout': (inputs, { repository, workspace, sha }) => {
    const folder = resolve(workspace, inputs['path'] ?? '.');
    execFileSync('git', ['clone', '--quiet', repository, folder]);
    execFileSync('git', ['checkout', '--quiet', inputs['ref'] ?? sha], { cwd: folder });
    return {};
  },
  // The program that runs is that of this checkout, with its packages: see `commitAll`.
  './.github/actions/setup': () => ({}),
  'actions/setup-node': () => ({}),
  // What is there is what a run before left there.
  'actions/cache': (inputs, { workspace }): Record<string, string> =>
    (inputs['path'] ?? '')
      .trim()
      .split('\n')
      .every((path) => existsSync(resolve(workspace, path)))
      ? { 'cache-hit': 'true' }
      : {},
  'actions/cache/restore': () => ({}),
  'actions/upload-pages-artifact': (inputs, place) => {
    const folder = join(artifactFolder(place, {}), inputs['name'] ?? 'github-pages');
    mkdirSync(folder, { recursive: true });
    execFileSync('tar', ['-cf', join(folder, 'artifact.tar'), '-C', join(place.workspace, inputs['path'] ?? ''), '.']);
    return {};
  },
  'actions/upload-artifact': (inputs, place) => {
    const from = join(place.workspace, inputs['path'] ?? '');
    if (existsSync(from)) cpSync(from, join(artifactFolder(place, {}), inputs['name'] ?? ''), { recursive: true });
    return {};
  },
  'actions/download-artifact': (inputs, place) => {
    const folder = artifactFolder(place, inputs);
    const wanted = inputs['name'];
    const found = wanted === undefined && existsSync(folder) ? readdirSync(folder) : [];
    const names = wanted === undefined ? found.filter((name) => matchesGlob(name, inputs['pattern'] ?? '*')) : [wanted];
    for (const name of names)
      cpSync(join(folder, name), resolve(place.workspace, inputs['path'] ?? '.'), { recursive: true });
    return {};
  },
  'actions/deploy-pages': (inputs, place) => {
    for (const name of readdirSync(place.served)) rmSync(join(place.served, name), { recursive: true });
    const name = inputs['artifact_name'] ?? 'github-pages';
    execFileSync('tar', ['-xf', join(artifactFolder(place, {}), name, 'artifact.tar'), '-C', place.served]);
    if (place.broken.has('deploy-pages') || place.broken.has(`deploy-pages ${name}`))
      rmSync(join(place.served, 'rss.xml'));
    return {};
  },
};

/** Does what an action would, on this machine. Gives its outputs; throws when it fails or is not known. */
export function useAction(uses: string, inputs: Inputs, place: Place): Readonly<Record<string, string>> {
  const stub = stubs[uses.replace(/@.*$/, '')];
  if (stub === undefined) throw new Error(`there is no stand-in for ${uses}`);
  return stub(inputs, place);
}
