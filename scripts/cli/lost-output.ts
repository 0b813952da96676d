import { fileErrorMessage } from './file-errors.ts';

type Stream = { readonly on: (event: 'error', heard: (error: Error) => void) => unknown };

/**
 * Keeps a command going when what it says cannot be written: a publish must not end halfway because
 * somebody closed the pipe or the disk with the log is full. Gives whether anything was lost; a
 * reader who left, as `head` does, has lost nothing. `lose` gets the line that says so, once.
 */
export function watchOutput(stdout: Stream, stderr: Stream, lose: (line: string) => void): () => boolean {
  let lost = false;
  stdout.on('error', (error) => {
    if (lost || ('code' in error && error.code === 'EPIPE')) return;
    lost = true;
    const told = fileErrorMessage(Object.assign(error, { path: 'standard output' }));
    lose(`halfpast: ${told ?? `standard output could not be written: ${error.message}`}\n`);
  });
  stderr.on('error', () => undefined);
  return () => lost;
}
