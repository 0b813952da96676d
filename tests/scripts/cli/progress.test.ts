import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { lineProgress } from '../../../scripts/cli/terminal.ts';
import { during } from '../../../scripts/cli/context.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What is in the last line of a screen after all that was written. */
function lastLine(written: string): string {
  return written.split('\r\u001b[2K').at(-1) ?? '';
}

function screen(columns = 80) {
  let written = '';
  const progress = lineProgress({
    write: (text) => void (written += text),
    columns: () => columns,
    clock: () => Date.now(),
  });
  return { progress, written: () => written };
}

describe('progress on a terminal', () => {
  it('isn’t shown for short tasks', () => {
    const { progress, written } = screen();
    progress.show('Reading content');
    vi.advanceTimersByTime(300);
    progress.clear();
    vi.advanceTimersByTime(5000);
    expect(written()).toBe('');
  });

  it('shows the task and the elapsed time in one line, and then clears it', () => {
    const { progress, written } = screen();
    progress.show('Building');
    vi.advanceTimersByTime(1000);
    expect(lastLine(written())).toBe('Building');
    vi.advanceTimersByTime(2000);
    expect(lastLine(written())).toBe('Building (3 s)');
    progress.clear();
    expect(lastLine(written())).toBe('');
    expect(written()).not.toContain('\n');
    const before = written();
    vi.advanceTimersByTime(5000);
    expect(written()).toBe(before);
  });

  it('never takes more than one line, since more couldn’t be erased', () => {
    const { progress, written } = screen(10);
    progress.show('Reading a long name');
    vi.advanceTimersByTime(1000);
    expect(lastLine(written())).toBe('Reading a');
  });

  it('isn’t written more often than people can read', () => {
    const { progress, written } = screen();
    vi.advanceTimersByTime(1000);
    for (let done = 1; done <= 1000; done += 1) progress.show(`${done} of 1000`);
    expect(written().split('\r').length - 1).toBe(1);
    vi.advanceTimersByTime(500);
    expect(lastLine(written())).toBe('1000 of 1000');
  });

  it('is cleared when the task fails', async () => {
    const { progress, written } = screen();
    vi.advanceTimersByTime(1000);
    await expect(during(progress, 'Asking', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(lastLine(written())).toBe('');
  });
});
