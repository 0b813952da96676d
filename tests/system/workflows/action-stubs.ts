import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, matchesGlob, resolve } from 'node:path';

/** Where the stand-ins for actions run. */
export type Place = {
  /** The bare repository. */
  readonly repository: string;
  readonly workspace: string;
  /** The commit of the run. */
  readonly sha: string;
  /** A folder with Halfpast's own code, or null if it's in the same repository. */
  readonly code: string | null;
  /** The cache of the repository: folders by path and key, oldest first. */
  readonly cache: Map<string, string>;
  /** The folder with the artifacts of all runs, by run and name. */
  readonly artifacts: string;
  readonly run: string;
  /** The folders of all artifacts, by id. */
  readonly uploaded: string[];
};

type Inputs = Readonly<Record<string, string>>;

function artifactFolder({ artifacts, run }: Place, inputs: Inputs): string {
  return join(artifacts, inputs['run-id'] ?? run);
}

/** GitHub looks up caches by path as well. */
const cacheName = (path: string, key: string): string => `${path} ${key.trim()}`;

function copyWhole(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  execFileSync('cp', ['-a', from, to]);
}

const stubs: Readonly<Record<string, (inputs: Inputs, place: Place) => Readonly<Record<string, string>>>> = {
  'actions/checkout': (inputs, { repository, workspace, sha, code }) => {
    const folder = resolve(workspace, inputs['path'] ?? '.');
    if (inputs['path'] !== undefined && code !== null) {
      cpSync(code, folder, { recursive: true });
      return {};
    }
    execFileSync('git', ['clone', '--quiet', repository, folder]);
    execFileSync('git', ['checkout', '--quiet', inputs['ref'] ?? sha], { cwd: folder });
    return {};
  },
  'actions/setup-node': () => ({}),
  'actions/cache/restore': ({ path = '', key = '', 'restore-keys': prefix }, { workspace, cache }) => {
    const exact = cacheName(path, key);
    const older =
      prefix === undefined ? [] : [...cache.keys()].filter((name) => name.startsWith(cacheName(path, prefix)));
    const folder = cache.get(exact) ?? cache.get(older.at(-1) ?? '');
    if (folder !== undefined) copyWhole(folder, join(workspace, path));
    return { 'cache-hit': cache.has(exact) ? 'true' : '' };
  },
  'actions/cache/save': ({ path = '', key = '' }, { workspace, cache, artifacts }) => {
    const [name, from] = [cacheName(path, key), join(workspace, path)];
    // GitHub never replaces a cache.
    if (cache.has(name) || !existsSync(from)) return {};
    const folder = join(artifacts, '..', `cache-${cache.size}`);
    copyWhole(from, folder);
    cache.set(name, folder);
    return {};
  },
  'actions/upload-pages-artifact': (inputs, place) => {
    const folder = join(artifactFolder(place, {}), inputs['name'] ?? 'github-pages');
    mkdirSync(folder, { recursive: true });
    execFileSync('tar', ['-cf', join(folder, 'artifact.tar'), '-C', join(place.workspace, inputs['path'] ?? ''), '.']);
    return { artifact_id: String(place.uploaded.push(folder)) };
  },
  'actions/upload-artifact': (inputs, place) => {
    const from = join(place.workspace, inputs['path'] ?? '');
    const folder = join(artifactFolder(place, {}), inputs['name'] ?? '');
    if (existsSync(from)) {
      const isFile = statSync(from).isFile();
      cpSync(from, isFile ? join(folder, basename(from)) : folder, { recursive: true });
    }
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
};

/** Does what an action would, on this machine. Returns its outputs. Throws if it fails or is unknown. */
export function useAction(uses: string, inputs: Inputs, place: Place): Readonly<Record<string, string>> {
  const stub = stubs[uses.replace(/@.*$/, '')];
  if (stub === undefined) throw new Error(`there is no stand-in for ${uses}`);
  return stub(inputs, place);
}
