/**
 * Cuts GitHub's own OpenAPI description down to the requests that the adapter makes. Run it by hand when the adapter
 * makes a new one:
 *
 *   npm pack @octokit/openapi && tar xzf octokit-openapi-*.tgz package/generated/api.github.com.json
 *   npx node tests/scripts/github/extract-openapi.ts package/generated/api.github.com.json VERSION
 *
 * The whole package is half a gigabyte, which is too much to install with every checkout.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const used: readonly (readonly [method: string, path: string])[] = [
  ['get', '/repos/{owner}/{repo}'],
  ['get', '/repos/{owner}/{repo}/contents/{path}'],
  ['put', '/repos/{owner}/{repo}/contents/{path}'],
  ['get', '/repos/{owner}/{repo}/git/ref/{ref}'],
  ['get', '/repos/{owner}/{repo}/git/blobs/{file_sha}'],
  ['get', '/repos/{owner}/{repo}/git/commits/{commit_sha}'],
  ['post', '/repos/{owner}/{repo}/git/trees'],
  ['post', '/repos/{owner}/{repo}/git/commits'],
  ['post', '/repos/{owner}/{repo}/git/refs'],
  ['patch', '/repos/{owner}/{repo}/git/refs/{ref}'],
  ['get', '/repos/{owner}/{repo}/issues'],
  ['post', '/repos/{owner}/{repo}/issues'],
  ['patch', '/repos/{owner}/{repo}/issues/{issue_number}'],
  ['post', '/repos/{owner}/{repo}/issues/{issue_number}/assignees'],
  ['get', '/repos/{owner}/{repo}/issues/{issue_number}/comments'],
  ['post', '/repos/{owner}/{repo}/issues/{issue_number}/comments'],
  ['get', '/repos/{owner}/{repo}/issues/comments'],
  ['patch', '/repos/{owner}/{repo}/issues/comments/{comment_id}'],
  ['get', '/repos/{owner}/{repo}/commits/{commit_sha}/comments'],
  ['post', '/repos/{owner}/{repo}/commits/{commit_sha}/comments'],
  ['get', '/repos/{owner}/{repo}/pulls'],
  ['get', '/repos/{owner}/{repo}/pulls/{pull_number}'],
  ['post', '/repos/{owner}/{repo}/pulls'],
  ['get', '/repos/{owner}/{repo}/pages'],
  ['post', '/repos/{owner}/{repo}/pages/deployments'],
  ['get', '/repos/{owner}/{repo}/pages/deployments/{pages_deployment_id}'],
  ['post', '/repos/{owner}/{repo}/pages/deployments/{pages_deployment_id}/cancel'],
  ['get', '/repos/{owner}/{repo}/actions/workflows/{workflow_id}'],
  ['put', '/repos/{owner}/{repo}/actions/workflows/{workflow_id}/enable'],
  ['get', '/repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs'],
  ['post', '/repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches'],
];

type Json = { [key: string]: unknown };

const [source = '', version = ''] = process.argv.slice(2);
const whole = JSON.parse(readFileSync(source, 'utf8')) as {
  readonly paths: Record<string, Record<string, Json>>;
} & Json;

/** Fields that validation doesn't read. */
const noise = ['description', 'example', 'examples', 'externalDocs', 'summary', 'tags', 'x-github', 'x-octokit'];

/** A copy with every reference resolved. GitHub's request schemas aren't recursive. */
function resolved(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(resolved);
  if (typeof value !== 'object' || value === null) return value;
  const reference = (value as Json)['$ref'];
  if (typeof reference === 'string') {
    return resolved(
      reference
        .slice(2)
        .split('/')
        .reduce<unknown>((at, key) => (at as Json)[key], whole),
    );
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolved(inner)]));
}

/** A copy without noise. A `description` that is an object stays, because it's a property of that name. */
function quiet(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(quiet);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(
    ([key, inner]) => !(noise.includes(key) && (typeof inner !== 'object' || key !== 'description')),
  );
  const { nullable, ...schema } = Object.fromEntries(kept.map(([key, inner]) => [key, quiet(inner)]));
  if (nullable === undefined) return schema;
  // This is an OpenAPI keyword, which Ajv only supports next to a type.
  return 'type' in schema ? { ...schema, nullable } : { anyOf: [schema, { type: 'null' }] };
}

const paths: Record<string, Json> = {};
for (const [method, path] of used) {
  const operation = whole.paths[path]?.[method];
  if (operation === undefined) throw new Error(`${method} ${path} is not in ${source}`);
  const { operationId, parameters, requestBody } = operation;
  paths[path] = { ...paths[path], [method]: quiet(resolved({ operationId, parameters, requestBody })) };
}
const out = join(import.meta.dirname, '../../fixtures/github-openapi.json');
writeFileSync(out, `${JSON.stringify({ from: `@octokit/openapi ${version}, api.github.com`, paths }, null, 1)}\n`);
