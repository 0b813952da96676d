import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { root } from './halfpast.ts';
import { requestComplaints, type Sent } from './openapi.ts';

/** A workflow that was started. */
export type Started = {
  readonly file: string;
  readonly ref: string;
  readonly inputs: Readonly<Record<string, string>>;
};

export type Actions = {
  /** The address of the API, for GITHUB_API_URL. */
  readonly url: string;
  readonly started: readonly Started[];
  /** The workflow runs that GitHub reports, set by the test. */
  readonly runs: {
    readonly file: string;
    readonly commit: string;
    readonly at: string;
    /** The default is `completed`. */
    readonly status?: string;
    /** The default is `failure` once it's completed. */
    readonly conclusion?: string;
  }[];
  /** The state of each workflow that isn't active, by file name. */
  readonly states: Map<string, string>;
  readonly sent: readonly Sent[];
  /** Where jobs get a token that proves their identity. */
  readonly tokenUrl: string;
};

/** How the fake GitHub Pages behaves: see scripts/publish/hosts/github-pages.ts. */
export type Pages = {
  /** Puts the site in an artifact live. */
  readonly deploy: (artifact: number) => void;
  /** Called when a workflow is started. */
  readonly start?: () => void;
  /** The settings that GitHub reports, one entry per request, and the last one from then on. Null if Pages is off. */
  readonly settings?: readonly ({ readonly build_type: string; readonly html_url: string } | null)[];
};

const identity = 'an identity token';

/** The inputs that a workflow can be started with. */
function inputsOf(file: string): readonly string[] {
  const { on } = parse(readFileSync(join(root, '.github/workflows', file), 'utf8')) as {
    readonly on: { readonly workflow_dispatch?: { readonly inputs?: object } | null };
  };
  return Object.keys(on.workflow_dispatch?.inputs ?? {});
}

const dispatch = /\/actions\/workflows\/([^/]+)\/dispatches$/;
const deploying = /\/pages\/deployments(?:\/([0-9a-f]{40}))?$/;
const workflow = /\/actions\/workflows\/([^/]+?)(\/enable)?$/;
const listing = /\/actions\/workflows\/([^/]+)\/runs$/;

/**
 * A proxy in front of an emulated GitHub, which has no workflows and no Pages. It emulates both, records which
 * workflows are started, passes on all other requests, and checks every request against GitHub's OpenAPI description. A
 * commit from another repository is replaced with the one in `sameCommit`, because the emulator only knows commits made
 * in it.
 */
export async function startActions(
  upstream: string,
  sameCommit: ReadonlyMap<string, string> = new Map(),
  pages: Pages = { deploy: () => undefined },
): Promise<Actions> {
  /** The commits that were deployed. */
  const deployed = new Set<string>();
  const started: Started[] = [];
  const runs: Actions['runs'] = [];
  const states: Actions['states'] = new Map();
  const sent: Sent[] = [];
  let looked = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = chunks.length === 0 ? null : Buffer.concat(chunks).toString('utf8');
      const method = request.method ?? 'GET';
      const path = (request.url ?? '').replace(
        /\/commits\/([0-9a-f]{40})/,
        (whole, commit: string) => `/commits/${sameCommit.get(commit) ?? whole.slice(9)}`,
      );
      if (path === '/token') {
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ value: identity }));
        return;
      }
      const url = `${upstream}${path}`;
      sent.push({ method, url, body });
      const answerWith = (status: number, answer: object): void => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
      };
      const file = dispatch.exec(new URL(url).pathname)?.[1];
      if (method === 'POST' && file !== undefined) {
        const { ref, inputs = {} } = JSON.parse(body ?? '{}') as { ref: string; inputs?: Record<string, string> };
        const unexpected = Object.keys(inputs).filter((name) => !inputsOf(file).includes(name));
        if (unexpected.length > 0)
          return answerWith(422, { message: `Unexpected inputs provided: ${JSON.stringify(unexpected)}` });
        started.push({ file, ref, inputs });
        pages.start?.();
        response.writeHead(204).end();
        return;
      }
      const deployment = deploying.exec(new URL(url).pathname);
      if (method === 'POST' && deployment !== null) {
        const asked = JSON.parse(body ?? '{}') as {
          readonly artifact_id: number;
          readonly pages_build_version: string;
          readonly oidc_token: string;
        };
        const version = asked.pages_build_version;
        void fetch(`${upstream}${path.replace(/\/pages\/.*$/, '')}/git/commits/${version}`, {
          headers: { authorization: request.headers.authorization ?? '' },
        }).then(({ status }) => {
          if (asked.oidc_token !== identity) return answerWith(400, { message: 'Invalid OIDC token' });
          if (status !== 200) return answerWith(404, { message: 'Not Found' });
          // The same commit isn't deployed twice.
          if (!deployed.has(version)) pages.deploy(asked.artifact_id);
          deployed.add(version);
          return answerWith(200, { id: version, status_url: `${path}/${version}`, page_url: 'https://example.com' });
        });
        return;
      }
      if (method === 'GET' && deployment?.[1] !== undefined) return answerWith(200, { status: 'succeed' });
      if (method === 'GET' && new URL(url).pathname.endsWith('/pages')) {
        const { settings = [] } = pages;
        const found = settings[Math.min(looked, settings.length - 1)] ?? null;
        looked += 1;
        return found === null ? answerWith(404, { message: 'Not Found' }) : answerWith(200, found);
      }
      const [, asked, enable] = workflow.exec(new URL(url).pathname) ?? [];
      if (method === 'GET' && asked !== undefined && enable === undefined)
        return answerWith(200, { id: 1, path: asked, state: states.get(asked) ?? 'active' });
      if (method === 'PUT' && asked !== undefined && enable !== undefined) {
        states.delete(asked);
        response.writeHead(204).end();
        return;
      }
      const listed = listing.exec(new URL(url).pathname)?.[1];
      if (method === 'GET' && listed !== undefined) {
        const commit = new URL(url).searchParams.get('head_sha');
        const found = runs.filter((run) => run.file === listed && (commit === null || run.commit === commit));
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(
          JSON.stringify({
            total_count: found.length,
            workflow_runs: found.map(({ commit: head_sha, at: created_at, status = 'completed', conclusion }) => ({
              head_sha,
              created_at,
              status,
              conclusion: status === 'completed' ? (conclusion ?? 'failure') : null,
            })),
          }),
        );
        return;
      }
      const headers = {
        authorization: request.headers.authorization ?? '',
        'content-type': 'application/json',
        accept: request.headers.accept ?? '*/*',
      };
      void fetch(url, { method, headers, ...(body === null ? {} : { body }) }).then(async (answer) => {
        const link = answer.headers.get('link');
        response.writeHead(answer.status, {
          'content-type': answer.headers.get('content-type') ?? 'application/json',
          ...(link === null ? {} : { link }),
        });
        response.end(Buffer.from(await answer.arrayBuffer()));
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    const complaints = sent.flatMap(requestComplaints);
    if (complaints.length > 0) throw new Error(`GitHub describes these requests otherwise:\n${complaints.join('\n')}`);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, started, runs, states, sent, tokenUrl: `${url}/token` };
}
