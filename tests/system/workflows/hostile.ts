import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Town } from './repository.ts';

/** The name of the files that the texts below would create if a shell, or anything else, ever ran them. */
const mark = 'owned';

/** Everything that a shell, GitHub's runner, YAML, Markdown or a feed might act on, in one line. */
const line = [
  '"double" \'single\' `touch owned` $(touch owned) ${HOME} $HOME ; touch owned && touch owned | touch owned',
  '${{ secrets.TOKEN }} ${{ github.token }} ##[set-output name=go]true \\" \\n \\\\ %s %n !! * ? ~ # - : { } [ ] & * ! | > % @',
  '@everyone <script>alert(1)</script> </textarea> ]]> &amp; \u00e9 \u4e2d \ud83e\udd94',
].join(' ');

export const hostile = {
  title: `::set-output name=commit::x ${line}`,
  message: [
    'First line',
    '::set-output name=go::true',
    '  ::add-mask::a',
    '::stop-commands::x',
    '##[add-mask]b',
    '---',
    'status: resolved',
    '---',
    'EOF',
    line,
    '\ttab and trailing spaces  ',
    '',
    'go=true',
    'GITHUB_ENV<<EOF',
    `$(touch ${mark})`,
    '{{< >}} {% %} <%= %>',
    '-- --push --github=evil/evil',
    'Last line \\',
  ].join('\n'),
  /** The files that a hostile text created, anywhere in the test's folder. */
  happened: ({ desk }: Town): string[] =>
    readdirSync(dirname(desk), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith(mark)),
} as const;
