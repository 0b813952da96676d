import type { World } from './world.ts';

/** A world that keeps what is printed, and what it was. */
export type Kept = { readonly world: World; readonly text: () => string };

/** Keeps what a command prints, so that it can be made one JSON value however the command ends. */
export function keepOutput(world: World): Kept {
  let text = '';
  return { world: { ...world, stdout: (said) => void (text += said) }, text: () => text };
}

type Said = { readonly json: unknown } | { readonly lines: readonly string[] };

/** What a command printed: its own JSON, or lines, as of commands that have none. */
function read(text: string): Said {
  try {
    return { json: JSON.parse(text) as unknown };
  } catch {
    return { lines: text.split('\n').filter((line) => line !== '') };
  }
}

/** What is printed may be looked at in a terminal, which must not act on the name of a file. */
const unseen = /[[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{DI}]--[\t\n\r]]/gv;

/** JSON that says the same, with an escape for each character that nobody sees. Outside of strings it has none. */
function seen(json: string): string {
  return json.replaceAll(unseen, (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

/** What programs get of a command that came to its end. */
export function endedJson(text: string, code: number): string {
  const said = read(text);
  return seen('json' in said ? text : `${JSON.stringify({ ok: code === 0, ...said })}\n`);
}

/** What programs get of a command that failed with this line: that, and what it had done before. */
export function failedJson(text: string, error: string): string {
  const said = read(text);
  const done = 'lines' in said ? (said.lines.length === 0 ? {} : said) : { ...(said.json as object) };
  return seen(`${JSON.stringify({ ...done, ok: false, error })}\n`);
}
