import type { Duration, Instant } from './calendar.ts';
import type { ComponentStatus, Impact, InLanguages } from './vocabulary.ts';

/** A way to send messages. Secret URLs are in environment variables, which are referenced by name. */
export type Channel =
  | { readonly kind: 'websub'; readonly hub: string }
  | { readonly kind: 'webhook'; readonly urlEnv: string; readonly secretEnv: string }
  | { readonly kind: 'slack' | 'discord' | 'teams'; readonly urlEnv: string }
  | { readonly kind: 'email'; readonly to: string; readonly from: string; readonly smtpEnv: string };

/** What to send to a channel. */
export type Scope = {
  /** Permanently distinguishes channels of one kind; null for the only or first one. */
  readonly name: string | null;
  /** Only messages about one of these components; null for everything. */
  readonly components: readonly string[] | null;
  /** Only incidents with at least this impact, and no maintenance; null for everything. */
  readonly impact: Impact | null;
};

/** A channel that gets updates. Hubs pass on everything in the feeds, so their scope is everything. */
export type NotifyChannel = Channel & Scope;

/**
 * Returns a channel's id, as used in the delivery record and in messages: `slack`, or with a name, `slack/checkout`.
 */
export function channelId({ kind, name }: NotifyChannel): string {
  return name === null ? kind : `${kind}/${name}`;
}

/** Whom a reminder reaches: first the person who posts updates, then the person who leads, then everyone. */
export const reminderStages = ['comms', 'lead', 'everyone'] as const;
export type ReminderStage = (typeof reminderStages)[number];

/** Where to send reminders to the team. */
export type ReminderChannel = {
  readonly channel: Exclude<Channel, { readonly kind: 'websub' }> | { readonly kind: 'issues' };
  /** The first stage that this channel gets. It also gets the later ones. */
  readonly from: ReminderStage;
};

/** When the next update for customers is due: after a fixed time, or at a minute of each hour. */
export type UpdateCadence =
  { readonly kind: 'every'; readonly duration: Duration } | { readonly kind: 'at_minute'; readonly minute: number };

export type Cadence = {
  /** How often the team checks in. */
  readonly checkIn: Duration;
  readonly update: UpdateCadence;
  /** For impacts that have a separate cadence. */
  readonly byImpact?: Readonly<Partial<Record<Impact, UpdateCadence>>>;
};

/** Returns how often customers get updates about an incident with this impact. */
export const updateCadence = ({ update, byImpact = {} }: Cadence, impact: Impact): UpdateCadence =>
  byImpact[impact] ?? update;

/** A link in the footer or the header. */
type SiteLink = InLanguages<{ readonly label: string; readonly url: string }> & { readonly header: boolean };

/** A valid `theme.css`. */
export type Theme = {
  /** Minified. */
  readonly css: string;
  /** The surface color in each theme, `#rrggbb`. */
  readonly surface: readonly [light: string, dark: string];
  /** Whether the theme sets the color of links on light pages, instead of the accent. */
  readonly ownLinks: boolean;
};

/** A script to add to all pages. */
export type Script = {
  /** An https URL or a path on this site. */
  readonly src: string;
  /** The hosts that it can connect to, such as `example.com` or `*.example.com`. */
  readonly hosts: readonly string[];
  /** Attributes, by name without `data-`. */
  readonly data: Readonly<Record<string, string>>;
};

/** An SVG file in the content folder. */
export type Logo = {
  /** Its file name, next to `site.yml`. */
  readonly file: string;
  /** The whole file. */
  readonly svg: string;
  /** Width divided by height. */
  readonly ratio: number;
};

/** The location of the content on GitHub. */
export type Repository = {
  /** `owner/name` */
  readonly name: string;
  readonly branch: string;
  /** The content folder relative to the repository root; empty if it is the root. */
  readonly folder: string;
};

/** Reasons why an incident needs a postmortem: a component with this status or worse, an impact, or customer data. */
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

/** A language of the site. */
export type SiteLanguage = {
  /** BCP 47 tag, such as `de-AT`. Determines date formats. */
  readonly locale: string;
  /** The tag of its words without the region, such as `de` or `pt-BR`. Used in the names of translations. */
  readonly language: string;
  /** The folder of its pages, such as `/de`; empty for the first language. */
  readonly folder: string;
};

/** The settings in `site.yml`. */
export type Settings = InLanguages<{
  readonly name: string;
  /** Where customers get help: an https or mailto URL. */
  readonly support: string | null;
  /** Markdown. */
  readonly footer: string | null;
}> & {
  /** Whether this is the included example, which is shown as of its newest update. */
  readonly example: boolean;
  /** The site's absolute URL, without a trailing slash. */
  readonly url: string;
  /** IANA name, such as `Europe/Berlin`. */
  readonly timeZone: string;
  /** The locale and folder of the current language. In `site.yml`, the first language. */
  readonly locale: string;
  readonly folder: string;
  readonly languages: readonly [SiteLanguage, ...SiteLanguage[]];
  readonly links: readonly SiteLink[];
  readonly scripts: readonly Script[];
  readonly cadence: Cadence;
  /** The goals of an incident response, most important first. */
  readonly priorities: readonly string[];
  /** `#rrggbb`, as typed. Pages show the result of colors.ts. */
  readonly accent: string | null;
  readonly logo: Logo | null;
  readonly theme: Theme | null;
  /** Whether customers see who leads an incident and who writes its updates. */
  readonly showPeople: boolean;
  /** An incident needs a postmortem if one of these applies. If empty, none does. */
  readonly postmortemFor: readonly PostmortemReason[];
  /** How soon after the end a postmortem is promised. */
  readonly postmortemWithin: Duration;
  /** Where to send updates. Each has a unique `channelId`. */
  readonly notify: readonly NotifyChannel[];
  /** Where customers can sign up for email updates: an https or mailto URL. Null without a mailing list. */
  readonly emailJoin: string | null;
  /** Where to send reminders; null for GitHub issues. */
  readonly remind: readonly ReminderChannel[] | null;
  /** GitHub logins without `@`, by the names used in `lead` and `comms`. */
  readonly people: Readonly<Record<string, string>>;
  readonly repository: Repository | null;
  /** Whether to publish the form for writing updates. Requires a repository. */
  readonly compose: boolean;
  /** When a page that moved to Halfpast last changed before the move; null if unknown. */
  readonly changed: Instant | null;
};
