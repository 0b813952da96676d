/**
 * Returns the printed lines that GitHub's runner would act on: `::name …::` at the start of a line, and the older
 * `##[name …]` anywhere in it, unless the step has stopped commands.
 */
export function actedUpon(printed: string): string[] {
  const acted: string[] = [];
  let stopped: string | null = null;
  for (const line of printed.split(/\r\n|\r|\n/)) {
    const text = line.trimStart();
    if (stopped !== null) {
      if (text.toLowerCase() === `::${stopped.toLowerCase()}::`) stopped = null;
      continue;
    }
    const stop = /^::stop-commands::(.+)$/i.exec(text)?.[1];
    if (stop !== undefined) stopped = stop.trim();
    else if (/^::[a-z-]+[^:]*::/i.test(text) || /##\[[a-z-]+[^\]]*\]/i.test(text)) acted.push(text);
  }
  // If commands stay stopped, GitHub would ignore those of the following steps.
  return stopped === null ? acted : [...acted, 'commands were left stopped'];
}

/** Reads the file behind GITHUB_OUTPUT: `name=value`, or `name<<END` and lines up to END. */
export function readOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = text.split('\n');
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    const block = /^([^=<]+)<<(.+)$/.exec(line);
    if (block !== null) {
      const end = lines.indexOf(block[2] ?? '', index + 1);
      outputs[block[1] ?? ''] = lines.slice(index + 1, end).join('\n');
      index = end;
    } else if (line.includes('=')) {
      outputs[line.slice(0, line.indexOf('='))] = line.slice(line.indexOf('=') + 1);
    } else if (line !== '') {
      throw new Error(`GitHub refuses this line of GITHUB_OUTPUT: ${line}`);
    }
  }
  return outputs;
}
