/** A way to tell of each update beside the page. Addresses that are secret are named by an environment variable. */
export type Channel =
  | { readonly kind: 'websub'; readonly hub: string }
  | { readonly kind: 'webhook'; readonly urlEnv: string; readonly secretEnv: string }
  | { readonly kind: 'slack' | 'discord' | 'teams'; readonly urlEnv: string }
  | { readonly kind: 'email'; readonly to: string; readonly from: string; readonly smtpEnv: string };

export type ChannelKind = Channel['kind'];
