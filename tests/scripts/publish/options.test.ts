import { describe, expect, it } from 'vitest';
import type { Context } from '../../../scripts/cli/context.ts';
import { UsageError } from '../../../scripts/cli/errors.ts';
import { realDisk as disk } from '../../../scripts/cli/system.ts';
import {
  configuredAddress,
  readAddress,
  readCommit,
  readGitHub,
  readSiteUrl,
  required,
} from '../../../scripts/publish/options.ts';
import { temporaryFolder, write } from '../../support/folders.ts';

describe('the address of a site', () => {
  it.each([
    ['https://status.example.com', 'https://status.example.com/'],
    ['http://127.0.0.1:8080/status', 'http://127.0.0.1:8080/status'],
  ])('%s is whole', (given, expected) => {
    expect(readSiteUrl(given)).toBe(expected);
  });

  it.each([
    'status.example.com',
    'ftp://a.example',
    'xhttps://a.example',
    'https://a.example/?b',
    'https://a.example/#b',
    '',
  ])('%j is refused', (given) => {
    expect(() => readSiteUrl(given)).toThrow(
      new UsageError(
        `--url: "${given}" is not the address of a site. Use a full address, such as https://status.example.com`,
      ),
    );
  });

  it('is the given one, or the one in site.yml, no matter what else is wrong there', async () => {
    const cwd = temporaryFolder();
    const context = { cwd, disk } as unknown as Context;
    const missing = new UsageError(
      '--url: content/site.yml has no address for the site. Add it, such as --url https://status.example.com',
    );
    expect(await configuredAddress('content', context)).toBeNull();
    await expect(readAddress(undefined, 'content', context)).rejects.toThrow(missing);
    write(cwd, 'content/site.yml', 'name: Example\n');
    expect(await configuredAddress('content', context)).toBeNull();
    await expect(readAddress(undefined, 'content', context)).rejects.toThrow(missing);
    write(cwd, 'content/site.yml', 'name: Example\nurl: https://a.example\ntime_zone: UTC\n');
    expect(await readAddress(undefined, 'content', context)).toBe('https://a.example');
    expect(await readAddress('https://b.example', 'content', context)).toBe('https://b.example/');
  });
});

describe('required options', () => {
  it('are trimmed, and count as missing if blank', () => {
    expect(required(' a ', '--head', 'x')).toBe('a');
    for (const given of [undefined, '', ' '])
      expect(() => required(given, '--head', 'x')).toThrow(
        new UsageError('--head is missing. Add it, such as --head x'),
      );
    expect(() => readGitHub(undefined)).toThrow(
      new UsageError('--github is missing. Add it, such as --github example/status'),
    );
    expect(readGitHub(' dana/status ')).toBe('dana/status');
    expect(() => readGitHub('dana')).toThrow(/^--github: "dana" is not a repository/);
  });

  it('are full commit ids', () => {
    const id = '0123456789abcdef'.repeat(2) + '01234567';
    expect(readCommit(id, '--head')).toBe(id);
    for (const given of [`${id}0`, `0${id}`, id.toUpperCase(), id.slice(1)])
      expect(() => readCommit(given, '--head')).toThrow(
        new UsageError(`--head: "${given}" is not the id of a commit. Type all 40 characters`),
      );
  });
});
