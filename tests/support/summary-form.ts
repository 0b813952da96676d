/**
 * The part of `summary.json` that must not change when a page is imported from Statuspage: keys in order, with values.
 * IDs and short links are new, so only their keys count.
 */
export function summaryForm(value: unknown, key = ''): unknown {
  if (/^(?:id|page_id|group_id|shortlink)$/.test(key)) return `any ${key}`;
  if (Array.isArray(value)) return value.map((entry) => summaryForm(entry));
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value).map(([name, inner]) => [name, summaryForm(inner, name)]);
}
