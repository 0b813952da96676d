import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { filesBelow } from './folders.ts';

type Index = {
  readonly schemas: readonly { readonly name: string; readonly schema: string; readonly files: string }[];
};

export type Held = {
  /** The schema of each JSON file of the site; null if no schema describes it. */
  readonly by: Readonly<Record<string, string | null>>;
  readonly problems: readonly string[];
};

/**
 * Validates every JSON file of a built site against the schemas that the site publishes. `address` is where it's
 * served.
 */
export function holdAgainstSchemas(site: string, address: string): Held {
  const read = (path: string): unknown => JSON.parse(readFileSync(join(site, path), 'utf8'));
  const ajv = new Ajv2020({ allErrors: true, strict: true });
  addFormats.default(ajv);
  const { schemas } = read('api/schema/index.json') as Index;
  const pathOf = (url: string): string => url.replace(`${address}/`, '');
  const described = schemas.map(({ name, schema, files }) => ({
    name,
    check: ajv.compile(read(pathOf(schema)) as object),
    form: new RegExp(`^${files.slice(1).replaceAll('.', '\\.').replaceAll('{year}', '\\d{4}')}$`),
  }));
  const schemaFiles = new Set(schemas.map(({ schema }) => pathOf(schema)));
  const by: Record<string, string | null> = {};
  const problems: string[] = [];
  for (const path of filesBelow(site).filter((file) => file.endsWith('.json') && !schemaFiles.has(file))) {
    const found = described.find(({ form }) => form.test(path));
    by[path] = found?.name ?? null;
    if (found !== undefined && !found.check(read(path)))
      problems.push(
        ...(found.check.errors ?? []).map(({ instancePath, message }) => `${path} ${instancePath} ${message}`),
      );
  }
  return { by, problems };
}
