/** What a person can put right: told in one line, exit code 1. The message says what happened, where, and what to type instead. */
export class UserError extends Error {
  readonly exitCode: number = 1;
}

/** A wrong call: an unknown command or flag, a missing or impossible argument. Exit code 2. */
export class UsageError extends UserError {
  override readonly exitCode = 2;
}

/** Ctrl-C at a question, or "no" at the last one. Exit code 130, as shells have it. */
export class Cancelled extends UserError {
  override readonly exitCode = 130;
  constructor() {
    super('stopped. Nothing was written');
  }
}
