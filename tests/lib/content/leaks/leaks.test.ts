import { describe, expect, it } from 'vitest';
import { checkContent } from '../../../../src/lib/content/check-content.ts';
import { credentialsIn } from '../../../../src/lib/content/credentials.ts';
import { problemLine, warningLine } from '../../../../src/lib/content/problem.ts';
import { fakes } from '../../../support/fake-secrets.ts';

const now = Date.parse('2026-11-22T15:00:00Z');
const folder = 'incidents/2026-11-22-checkout-errors';
const path = `${folder}/2026-11-22T1405Z.md`;
const site = 'name: Example\nurl: https://status.example.com\ntime_zone: UTC\n';

type Given = {
  readonly body?: string;
  readonly title?: string;
  readonly site?: string;
  readonly files?: Readonly<Record<string, string>>;
};

/** What is told of a site with one update. */
async function told({
  body = 'We look into it.',
  title = 'Checkout errors',
  site: more = '',
  files = {},
}: Given): Promise<{
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
  readonly all: string;
}> {
  const texts = {
    'site.yml': site + more,
    'components.yml': 'components:\n  - id: checkout\n    name: Checkout\n',
    [path]: `---\ntitle: ${title}\nstatus: investigating\nimpact: minor\n---\n${body}\n`,
    ...files,
  };
  const tree = {
    files: Object.entries(texts).map(([name, text]) => ({ path: name, bytes: new TextEncoder().encode(text) })),
    folders: ['incidents', folder],
    others: [],
  };
  const checked = await checkContent(tree, now);
  const problems = 'problems' in checked ? checked.problems : [];
  return {
    problems: problems.map((problem) => problemLine(problem, '').replace(/ Take it out.*/, '')),
    warnings: checked.warnings.map((warning) =>
      warningLine(warning, '').replace(/ (?:Take it out|Say in words).*/, ''),
    ),
    all: JSON.stringify([problems, checked.warnings]),
  };
}

/** Pieces of a secret long enough to be of use. */
const pieces = (secret: string): string[] => [
  secret.slice(-16),
  secret.slice(Math.floor(secret.length / 2) - 6, Math.floor(secret.length / 2) + 6),
];

describe('a credential', () => {
  it.each([
    ['aws', 'AWS Access Key ID'],
    ['aws secret', 'AWS Secret Access Key'],
    ['slack', 'slack token'],
    ['slack webhook', 'Slack Incoming Webhook'],
    ['github', 'GitHub Token'],
    ['gitlab', 'GitLab Personal Access Token'],
    ['npm', 'npm access token'],
    ['basic auth', 'basic auth credential'],
    ['postgres', 'PostgreSQL connection string'],
    ['sendgrid', 'Sendgrid api key'],
    ['private key', 'private key'],
  ] as const)('of the kind %s is rejected with its line, and not repeated', async (name, kind) => {
    const secret = fakes[name];
    const { problems, all } = await told({ body: `First line.\n\nSee ${secret} for more.` });
    expect(problems[0]).toMatch(new RegExp(`^${path}:8:\\d+  has what looks like a credential \\(${kind}\\)\\.`));
    for (const piece of pieces(secret)) expect(all).not.toContain(piece);
  });

  it.each([
    ['with the backslashes that a chat puts before each _', 'body', fakes.github.replaceAll('_', '\\_'), 8],
    ['with a number in place of a character', 'body', fakes.github.replace('_', '&#95;'), 8],
    ['with a name in place of one', 'body', fakes.github.replace('_', '&lowbar;'), 8],
    ['written as YAML may write it', 'title', `"${fakes.aws.replace('A', '\\x41')}"`, 2],
  ] as const)('is rejected as readers would see it: %s', async (_, where, written, line) => {
    const { problems, all } = await told(
      where === 'body' ? { body: `First line.\n\nSee ${written} for more.` } : { title: written },
    );
    expect(problems).toEqual([
      expect.stringMatching(new RegExp(`^${path}:${line}:1  has what looks like a credential`)),
    ]);
    for (const piece of [...pieces(fakes.github), ...pieces(fakes.aws)]) expect(all).not.toContain(piece);
  });

  it('is found in every file of the content', async () => {
    const files = {
      'components.yml': `components:\n  - id: checkout\n    name: Checkout\n    description: ${fakes.github}\n`,
      'templates/later.md': `Use ${fakes.github}\n`,
      'maintenance/2026-12-01-upgrade/2026-11-20T0900Z.md': `---\ntitle: ${fakes.npm}\nstatus: scheduled\nscheduled_for: 2026-12-01T22:00Z\nscheduled_until: 2026-12-02T00:00Z\n---\nx\n`,
      'stop.md': fakes.slack,
    };
    const { problems } = await told({ site: `priorities:\n  - ${fakes.gitlab}\n`, files });
    expect(
      problems.filter((line) => line.includes('looks like a credential')).map((line) => line.split(':')[0]),
    ).toEqual(expect.arrayContaining([...Object.keys(files), 'site.yml']));
  });

  it('isn’t repeated by other problems of its file', async () => {
    for (const body of [
      `status: ${fakes.github}`,
      `components:\n  ${fakes.npm}: operational`,
      `${fakes.gitlab}: x`,
      `next_update: ${fakes.aws}`,
      `lead: "${fakes.slack}`,
    ]) {
      const { problems, all } = await told({
        files: { [path]: `---\ntitle: x\nstatus: investigating\nimpact: minor\n${body}\n---\nx\n` },
      });
      expect(problems, body.slice(0, 12)).not.toEqual([]);
      for (const secret of Object.values(fakes))
        for (const piece of pieces(secret)) expect(all, body.slice(0, 12)).not.toContain(piece);
    }
  });

  it('isn’t quoted if it’s in a name', async () => {
    const { all, problems } = await told({
      files: { [`${folder}/${fakes.github}.md`]: '---\nstatus: identified\n---\nx\n' },
    });
    expect(problems.join('\n')).toContain(`${folder}/….md:1:1  has what looks like a credential`);
    for (const piece of pieces(fakes.github)) expect(all).not.toContain(piece);
  });

  it('isn’t allowed by a comment that disables the rules', async () => {
    const off = ['secretlint', 'disable'].join('-');
    expect(
      (await told({ body: `<!-- ${off} -->\n${fakes.github}\n<!-- ${off}-line --> ${fakes.slack}` })).problems,
    ).toHaveLength(2);
  });

  it('is allowed if site.yml allows it, and no other is', async () => {
    const allow = `allow:\n  - ${fakes.aws}\n`;
    expect((await told({ body: fakes.aws, site: allow })).problems).toEqual([]);
    expect((await told({ body: `${fakes.aws} ${fakes.github}`, site: allow })).problems).toHaveLength(1);
    expect(
      (await told({ body: fakes.github, site: `allow:\n  - ${path}\n` })).problems,
      'a file is not allowed to hold them',
    ).toHaveLength(1);
  });

  it('isn’t reported if it’s an account number or one of AWS’s own examples', async () => {
    expect(await credentialsIn(`account: 1234-5678-9012 ${['AKIA', 'IOSFODNN7EXAMPLE'].join('')}`)).toEqual([]);
  });
});

describe('a warning', () => {
  it.each([
    ['10.1.2.3', 'private address'],
    ['172.16.0.1', 'private address'],
    ['172.31.255.1', 'private address'],
    ['192.168.1.20', 'private address'],
    ['127.0.0.1', 'private address'],
    ['169.254.169.254', 'private address'],
    ['fd12:3456:789a::1', 'private address'],
    ['fe80::1', 'private address'],
    ['::1', 'private address'],
    ['db1.shop.internal', 'internal host name'],
    ['printer.local', 'internal host name'],
    ['NAS.lan', 'internal host name'],
    ['localhost', 'internal host name'],
    ['git.corp.example', 'internal host name'],
    ['corp.example', 'internal host name'],
    ['dana@acme.io', 'email address'],
    ['dana.k+status@mail.acme.co.uk', 'email address'],
  ])('reports %s, with its line, and only allows that', async (text, kind) => {
    const internal = 'internal:\n  - .corp.example\n';
    const { problems, warnings } = await told({ body: `One.\nIt is (${text}), or ${text}.`, site: internal });
    expect({ problems, warnings }).toEqual({
      problems: [],
      warnings: [expect.stringMatching(new RegExp(`^${path}:7:8  warning: has (?:the|an?) ${kind} `))],
    });
    expect(
      (
        await told({
          body: `${text} and https://${text.includes(':') ? `[${text}]` : text}/x`,
          site: `${internal}allow:\n  - ${text.toUpperCase().includes(':') ? `"${text}"` : text.toUpperCase()}\n`,
        })
      ).warnings,
    ).toEqual([]);
  });

  it.each([
    '    at pay (/srv/app/pay.js:10:7)',
    '> at async file:///srv/app/pay.mjs:1:2',
    'at com.acme.Pay.run(Pay.java:12)',
    '   at Acme.Pay.Run() in C:\\src\\Pay.cs:line 12',
    'Traceback (most recent call last):',
    '  File "pay.py", line 3, in run',
    'goroutine 1 [running]:',
    "thread 'main' panicked at src/main.rs:2:5:",
    "pay.rb:3:in `run'",
    '#0 /srv/pay.php(12): run()',
    'Exception in thread "main" java.lang.Error',
    'Caused by: java.io.IOException: x',
  ])('reports the stack trace %s', async (line) => {
    expect((await told({ body: `It failed:\n\n${line}\n${line}` })).warnings).toEqual([
      expect.stringMatching(new RegExp(`^${path}:8:1  warning: has a stack trace`)),
    ]);
    expect((await told({ body: `It failed:\n\n${line}`, site: `allow:\n  - ${path}\n` })).warnings).toEqual([]);
  });

  it("isn't given for public values", async () => {
    const body = [
      'Version 10.15.7.1.2 and 1.2.3, 8.8.8.8, 172.15.0.1, 172.32.0.1, 999.10.1.2.3 at 14:05:30, 12:00::',
      'at 14:05 the error rate was 12:30',
      'The local network, www.internal.example, local.example.com, foo.locale, LAN parties, internal hosts.',
      'user@example.com, git@github.com:acme/x.git, @dana, help@ acme.io, https://deploy@acme.io/',
      'Mail support@acme.io or press@acme.io.',
    ].join('\n');
    expect(
      (
        await told({
          body,
          site: 'links:\n  - label: Support\n    url: mailto:support@acme.io\nallow:\n  - press@acme.io\n',
        })
      ).warnings,
    ).toEqual([]);
  });

  it('is given for a password in a URL that no rule covers, without repeating it', async () => {
    const body = 'https://app:x.y@acme.io/, https://bob:pw@acme.io/ and amqp://app:hunter2@mq.acme.io';
    const { all, warnings } = await told({ body });
    expect(warnings).toEqual(
      Array(3).fill(expect.stringContaining('warning: has a user name and password in a URL. Remove them')),
    );
    expect(all).not.toMatch(/hunter2|x\.y@|pw@/);
    const site = `allow:\n${body
      .split(/, | and /)
      .map((url) => `  - ${url}\n`)
      .join('')}`;
    expect((await told({ body, site })).warnings).toEqual([]);
  });

  it('covers titles and components, but not site.yml, templates and the stop file', async () => {
    const files = {
      'components.yml': 'components:\n  - id: checkout\n    name: Checkout\n    description: On 10.0.0.1\n',
      'templates/x.md': 'Ask dana@acme.io\n',
      'stop.md': 'dana@acme.io\n',
    };
    expect(
      (await told({ title: 'Errors on 10.0.0.2', files })).warnings.map((line) => line.split(':', 2).join(':')),
    ).toEqual(['components.yml:4', `${path}:2`]);
  });
});
