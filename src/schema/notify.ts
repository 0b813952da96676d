import { environmentName } from './environment-name.ts';
import { fields } from './fields.ts';
import { mailAddress } from './mail-address.ts';
import { webAddress } from './web-address.ts';

/** A chat's incoming webhook: whoever knows its address can post there, so the address is a secret. */
const chat = (name: string) => {
  const example = `url_env: HALFPAST_${name}_URL`;
  return fields({ url_env: environmentName(example) }, `is not a channel. Type "${example}" below it`);
};

/** Who is told of each update, beside those who read the page and its feeds. */
export const notify = fields(
  {
    websub: fields(
      { hub: webAddress('hub: https://pubsubhubbub.appspot.com/') },
      'is not a channel. Type "hub:" and the address of a hub below it',
    ).optional(),
    webhook: fields(
      {
        url_env: environmentName('url_env: HALFPAST_WEBHOOK_URL'),
        secret_env: environmentName('secret_env: HALFPAST_WEBHOOK_SECRET'),
      },
      'is not a channel. Type "url_env: HALFPAST_WEBHOOK_URL" and "secret_env: HALFPAST_WEBHOOK_SECRET" below it',
    ).optional(),
    slack: chat('SLACK').optional(),
    discord: chat('DISCORD').optional(),
    teams: chat('TEAMS').optional(),
    email: fields(
      {
        to: mailAddress('to: status@lists.example.com'),
        from: mailAddress('from: Example Status <status@example.com>'),
        smtp_env: environmentName('smtp_env: HALFPAST_SMTP_URL'),
      },
      'is not a channel. Type "to:", "from:" and "smtp_env: HALFPAST_SMTP_URL" below it',
    ).optional(),
  },
  'names no channels. Type one below "notify:", as "slack:" and "url_env: HALFPAST_SLACK_URL" below that',
);
