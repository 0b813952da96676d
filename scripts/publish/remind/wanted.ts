/** Something a person should hear of once. */
export type Lapse = {
  /** Its name among those of one reminder, for ever the same. */
  readonly key: string;
  /** Markdown; says nothing that changes from minute to minute. */
  readonly text: string;
};

/** One issue as it should be. */
export type Reminder = {
  /** What it is about, as `incident:<slug>`; in a hidden marker of the issue. */
  readonly about: string;
  readonly title: string;
  /** Markdown: what stays the same, below what has lapsed. */
  readonly body: string;
  /** Those of now. Without any, the issue is neither made nor closed. */
  readonly lapses: readonly Lapse[];
  /** Whom it is for, as the content names them; null for nobody named. */
  readonly person: string | null;
  /** Their login without `@`, where it is known. */
  readonly login: string | null;
};

/** A postmortem to be drafted, as a pull request. */
export type Draft = {
  readonly slug: string;
  readonly title: string;
  /** Below the content folder. */
  readonly path: string;
  readonly text: string;
  readonly person: string | null;
  readonly login: string | null;
};

/** All that should be there at one moment. Reminders that are not among these are done with. */
export type Wanted = { readonly reminders: readonly Reminder[]; readonly drafts: readonly Draft[] };
