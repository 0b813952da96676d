/** Assembled when the tests run, so that no file in the repository contains anything that looks like a credential. */
const letters = 'aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0zA';
const long = (length: number): string => letters.repeat(Math.ceil(length / letters.length)).slice(0, length);

/** Texts that the rules take for credentials, by kind. None of them works anywhere. */
export const fakes = {
  aws: ['AK', 'IA', long(16).toUpperCase()].join(''),
  'aws secret': `${['aws', 'secret', 'access', 'key'].join('_')}="${long(40)}"`,
  slack: ['xo', 'xb-', long(12), '-', long(24)].join(''),
  'slack webhook': ['https://hooks', '.slack.com/services/T', long(8), '/B', long(8), '/', long(24)].join(''),
  github: ['gh', 'p_', long(36)].join(''),
  gitlab: ['glp', 'at-', long(20)].join(''),
  npm: ['np', 'm_', long(36)].join(''),
  'basic auth': ['https://deploy:', long(16), '@', 'registry.acme.io'].join(''),
  postgres: ['postgres', '://app:', long(16), '@', 'db.acme.io:5432/shop'].join(''),
  sendgrid: ['S', 'G.', long(22), '.', long(43)].join(''),
  'private key': ['-----BEGIN RSA PRIVATE', ' KEY-----\nMI', long(200), '\n-----END RSA PRIVATE', ' KEY-----'].join(''),
} as const;
