/** As far as it matters here, a package of npm's lock file. */
type LockedPackage = {
  readonly version?: string;
  readonly dev?: boolean;
  readonly license?: string;
  readonly integrity?: string;
};

export type Lock = {
  readonly name: string;
  readonly version: string;
  readonly packages: Readonly<Record<string, LockedPackage>>;
};

type Component = {
  readonly type: 'library';
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly licenses: readonly object[];
  readonly hashes: readonly object[];
};

const hexOf = (base64: string): string =>
  Array.from(atob(base64), (char) => char.charCodeAt(0).toString(16).padStart(2, '0')).join('');

function toComponent(path: string, { version = '', license, integrity }: LockedPackage): Component {
  const name = path.replace(/^.*node_modules\//, '');
  const sha512 = /sha512-(\S+)/.exec(integrity ?? '')?.[1];
  // SPDX: a name alone is an id, several are an expression.
  const licence =
    license === undefined ? [] : [/[ (]/.test(license) ? { expression: license } : { license: { id: license } }];
  return {
    type: 'library',
    name,
    version,
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    licenses: licence,
    hashes: sha512 === undefined ? [] : [{ alg: 'SHA-512', content: hexOf(sha512) }],
  };
}

/**
 * A CycloneDX 1.5 list of the packages in a lock file that are more than tools of its developers. The
 * same lock file gives the same text. npm's own leaves out what tools use as well.
 */
export function bill({ name, version, packages }: Lock): string {
  const components = Object.entries(packages).flatMap(([path, locked]) =>
    path === '' || locked.dev === true ? [] : [toComponent(path, locked)],
  );
  const unique = [...new Map(components.map((component) => [component.purl, component])).values()].sort((a, b) =>
    a.purl < b.purl ? -1 : 1,
  );
  const metadata = { component: { type: 'application', name, version, licenses: [{ license: { id: 'MIT' } }] } };
  return `${JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.5', version: 1, metadata, components: unique }, null, 2)}\n`;
}
