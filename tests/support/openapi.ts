import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './halfpast.ts';

/** A request as it was sent. */
export type Sent = { readonly method: string; readonly url: string; readonly body: string | null };

type Schema = { readonly properties?: Record<string, unknown> };
type Parameter = { readonly name: string; readonly in: string; readonly required?: boolean; readonly schema: object };
type Operation = {
  readonly operationId: string;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Record<string, { readonly schema: Schema }> };
};

const description = JSON.parse(readFileSync(join(root, 'tests/fixtures/github-openapi.json'), 'utf8')) as {
  readonly paths: Record<string, Record<string, Operation>>;
};

const ajv = new Ajv({ strict: false, logger: false, allErrors: true, coerceTypes: true });
addFormats.default(ajv);
const compiled = new Map<object, ValidateFunction>();

function complaints(schema: object, value: unknown, where: string): string[] {
  const validate = compiled.get(schema) ?? ajv.compile(schema);
  compiled.set(schema, validate);
  // Coercion, for parameters, modifies its input.
  if (validate(structuredClone(value))) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${where}${instancePath}: ${message ?? ''}`);
}

/** `{path}` in the contents API and `{ref}` can contain slashes, plain or encoded. */
function pattern(path: string): RegExp {
  const names = path
    .replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&')
    .replaceAll(/\{(path|ref)\}/g, '(?<$1>.+)')
    .replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)');
  return new RegExp(`^${names}$`);
}

function find(
  method: string,
  pathname: string,
): { readonly operation: Operation; readonly values: Record<string, string> } | null {
  for (const [path, operations] of Object.entries(description.paths)) {
    const match = pattern(path).exec(pathname);
    const operation = operations[method.toLowerCase()];
    if (match !== null && operation !== undefined) return { operation, values: { ...match.groups } };
  }
  return null;
}

/** The problems with a request, according to GitHub's OpenAPI description. */
export function requestComplaints({ method, url, body }: Sent): string[] {
  const { pathname, searchParams } = new URL(url);
  const found = find(method, pathname);
  if (found === null) return [`${method} ${pathname} is not in the description`];
  const { operation, values } = found;
  const given: Record<string, string> = { ...values, ...Object.fromEntries(searchParams) };
  const names = operation.parameters.map(({ name }) => name);
  const wrong = [...searchParams.keys()]
    .filter((name) => !names.includes(name))
    .map((name) => `?${name} is not a parameter`);
  for (const { name, required, schema } of operation.parameters) {
    const value = given[name];
    if (value === undefined) wrong.push(...(required === true ? [`${name} is missing`] : []));
    else
      wrong.push(
        ...complaints({ type: 'object', properties: { [name]: schema } }, { [name]: decodeURIComponent(value) }, name),
      );
  }
  const schema = operation.requestBody?.content['application/json']?.schema;
  if (schema === undefined) return body === null ? wrong : [...wrong, 'a body where none is described'];
  if (body === null) return operation.requestBody?.required === true ? [...wrong, 'the body is missing'] : wrong;
  const parsed = JSON.parse(body) as object;
  // The description allows unknown fields, so a misspelled one would silently do nothing.
  const unknown = Object.keys(parsed).filter((key) => schema.properties !== undefined && !(key in schema.properties));
  return [...wrong, ...unknown.map((key) => `${key} is not a field`), ...complaints(schema, parsed, 'body')].map(
    (line) => `${operation.operationId}: ${line}`,
  );
}

/** The ID of the operation that a request calls. */
export function operationOf({ method, url }: Sent): string {
  return find(method, new URL(url).pathname)?.operation.operationId ?? 'unknown';
}
