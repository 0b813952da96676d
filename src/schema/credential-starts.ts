/**
 * What every credential that the rules know holds, as its first letters or a word of it. Nearly no file
 * of a status page has any of this, so the rules, which are slow, are seldom asked and seldom loaded.
 * It may find too much and must not miss: a test holds it against the patterns of the rules themselves.
 */
const starts = new RegExp(
  [
    // AWS: key ids, and the name before a secret key.
    'A3T|A(?:KIA|GPA|IDA|ROA|IPA|NPA|NVA|SIA)|[Aa](?:CCESS|ccess)_?[Kk](?:EY|ey)',
    // Names and passwords in addresses, those of databases included.
    '://[^\\s/]*@',
    'PRIVATE KEY',
    // Of this one the rules take capitals, too.
    '[Hh][Oo][Oo][Kk][Ss]\\.[Ss]',
    'x(?:ox[bpaor]|app)-|gh[pousr]_|github_pat_|glpat-|gl(?:c|sa)_|npm_|dckr_pat_',
    'sk-(?:proj|svcacct|admin|ant)-|T3BlbkFJ|gsk_|hf_|dapi|figd_|lin_api_|ntn_|ops_ey',
    'SG\\.|shp(?:pa|ca|at|ss)_|hv[sbr]\\.|vc[piark]_',
  ].join('|'),
);

/** Whether the rules are worth asking about a text. */
export function mayHoldCredential(text: string): boolean {
  return starts.test(text);
}
