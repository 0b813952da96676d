import { expect, it } from 'vitest';
import { editorLine } from '../../../scripts/write/init.ts';

it('points from the content to the schemas next to it, and is empty outside the project', () => {
  expect(editorLine('site', '/pages/content', '/pages')).toBe(
    '# yaml-language-server: $schema=../schemas/site.schema.json\n',
  );
  expect(editorLine('components', '/pages/a/b', '/pages')).toBe(
    '# yaml-language-server: $schema=../../schemas/components.schema.json\n',
  );
  expect(editorLine('site', '/elsewhere/content', '/pages')).toBe('');
  expect(editorLine('site', '/pages', '/pages')).toBe('');
});
