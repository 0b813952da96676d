/**
 * What must stay the same when a page moves over from Statuspage: the keys of its `summary.json` in their
 * order, with their values. Ids and short links become those of the new page, so only their keys count.
 */
export function summaryForm(value: unknown, key = ''): unknown {
  if (/^(?:id|page_id|group_id|shortlink)$/.test(key)) return `any ${key}`;
  if (Array.isArray(value)) return value.map((entry) => summaryForm(entry));
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value).map(([name, inner]) => [name, summaryForm(inner, name)]);
}
