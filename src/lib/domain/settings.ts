import type { Duration, Instant } from './calendar.ts';
import type { ComponentStatus, Impact, InLanguages } from './vocabulary.ts';

/** A way to send messages. Addresses that are secret are named by an environment variable. */
export type Channel =
  | { readonly kind: 'websub'; readonly hub: string }
  | { readonly kind: 'webhook'; readonly urlEnv: string; readonly secretEnv: string }
  | { readonly kind: 'slack' | 'discord' | 'teams'; readonly urlEnv: string }
  | { readonly kind: 'email'; readonly to: string; readonly from: string; readonly smtpEnv: string };

/** What is sent to a channel. */
export type Scope = {
  /** Tells channels of one kind apart, for good; null for the only one, or the first. */
  readonly name: string | null;
  /** Only what is about one of these components; null for everything. */
  readonly components: readonly string[] | null;
  /** Only incidents that are at least this bad, and no maintenance; null for everything. */
  readonly impact: Impact | null;
};

/** A channel that gets updates. A hub passes on whatever the feeds have: its scope is everything. */
export type NotifyChannel = Channel & Scope;

/** A channel in the record of deliveries and in messages: `slack`, or with its name `slack/checkout`. */
export function channelId({ kind, name }: NotifyChannel): string {
  return name === null ? kind : `${kind}/${name}`;
}

/** Whom a reminder reaches: the one who posts updates; then the one who leads; then all. */
export const reminderStages = ['comms', 'lead', 'everyone'] as const;
export type ReminderStage = (typeof reminderStages)[number];

/** Where reminders to the team go. */
export type ReminderChannel = {
  readonly channel: Exclude<Channel, { readonly kind: 'websub' }> | { readonly kind: 'issues' };
  /** The first stage that it gets; it also gets those after. */
  readonly from: ReminderStage;
};

/** When customers are promised the next update: after a fixed time, or at a minute of each hour. */
export type UpdateCadence =
  { readonly kind: 'every'; readonly duration: Duration } | { readonly kind: 'at_minute'; readonly minute: number };

export type Cadence = {
  /** How often the team checks in with itself. */
  readonly checkIn: Duration;
  readonly update: UpdateCadence;
  /** For the impacts that have a cadence of their own. */
  readonly byImpact?: Readonly<Partial<Record<Impact, UpdateCadence>>>;
};

/** How often customers get an update of an incident with this impact. */
export const updateCadence = ({ update, byImpact = {} }: Cadence, impact: Impact): UpdateCadence =>
  byImpact[impact] ?? update;

/** A link in the footer, or in the header. */
type SiteLink = InLanguages<{ readonly label: string; readonly url: string }> & { readonly header: boolean };

/** `theme.css`, checked. */
export type Theme = {
  /** Minified. */
  readonly css: string;
  /** The color of surfaces in each theme, `#rrggbb`. */
  readonly surface: readonly [light: string, dark: string];
  /** Whether links on a light page have a color of the theme, instead of the accent. */
  readonly ownLinks: boolean;
};

/** A script on every page. */
export type Script = {
  /** An https address, or a path of this site. */
  readonly src: string;
  /** The hosts that it may contact, as `example.com` or `*.example.com`. */
  readonly hosts: readonly string[];
  /** Attributes by their names without `data-`. */
  readonly data: Readonly<Record<string, string>>;
};

/** An SVG file of the content folder. */
export type Logo = {
  /** Its name, beside `site.yml`. */
  readonly file: string;
  /** Its text, whole. */
  readonly svg: string;
  /** Its width by its height. */
  readonly ratio: number;
};

/** Where the content is kept on GitHub. */
export type Repository = {
  /** `owner/name` */
  readonly name: string;
  readonly branch: string;
  /** The content folder, from the root; empty for the root itself. */
  readonly folder: string;
};

/** What makes an incident need a postmortem: a component in this status or a worse one, an impact, or customer data. */
export const postmortemReasons = [
  'degraded_performance',
  'partial_outage',
  'major_outage',
  'minor',
  'major',
  'critical',
  'customer_data',
] as const satisfies readonly (ComponentStatus | Impact | 'customer_data')[];
export type PostmortemReason = (typeof postmortemReasons)[number];

/** A language in which the site is published. */
export type SiteLanguage = {
  /** BCP 47 tag, such as `de-AT`: how dates are written. */
  readonly locale: string;
  /** The tag of its words, without the region, such as `de` or `pt-BR`: in the names of translations. */
  readonly language: string;
  /** Where its pages are: `/de`, and empty for the first language. */
  readonly folder: string;
};

/** What `site.yml` says. */
export type Settings = InLanguages<{
  readonly name: string;
  /** Where customers get help: an https or mailto address. */
  readonly support: string | null;
  /** Markdown. */
  readonly footer: string | null;
}> & {
  /** Whether this is the included example, which is shown at the time of its newest update. */
  readonly example: boolean;
  /** Where the site is served: absolute, without a slash at the end. */
  readonly url: string;
  /** IANA name, such as `Europe/Berlin`. */
  readonly timeZone: string;
  /** The locale and the folder of the language that is shown; in `site.yml`, the first one. */
  readonly locale: string;
  readonly folder: string;
  readonly languages: readonly [SiteLanguage, ...SiteLanguage[]];
  readonly links: readonly SiteLink[];
  readonly scripts: readonly Script[];
  readonly cadence: Cadence;
  /** The goals of a response, first things first. */
  readonly priorities: readonly string[];
  /** `#rrggbb`, as it was typed: pages show what colors.ts makes of it. */
  readonly accent: string | null;
  readonly logo: Logo | null;
  readonly theme: Theme | null;
  /** Whether customers see who leads an incident and who writes its updates. */
  readonly showPeople: boolean;
  /** An incident needs a postmortem if one of these applies; none ever does if it is empty. */
  readonly postmortemFor: readonly PostmortemReason[];
  /** How long after the end a postmortem is promised. */
  readonly postmortemWithin: Duration;
  /** Where to send updates. No two have the same `channelId`. */
  readonly notify: readonly NotifyChannel[];
  /** Where customers sign up for updates by email: an https or mailto address. Null without a list service. */
  readonly emailJoin: string | null;
  /** Where reminders go; null for issues on GitHub. */
  readonly remind: readonly ReminderChannel[] | null;
  /** GitHub logins, without `@`, by the names that `lead` and `comms` use. */
  readonly people: Readonly<Record<string, string>>;
  readonly repository: Repository | null;
  /** Whether there is a page with a form to write updates; never without a repository. */
  readonly compose: boolean;
  /** When a page that moved to Halfpast last changed before the move; null when unknown. */
  readonly changed: Instant | null;
};
