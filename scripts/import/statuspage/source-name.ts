/** Where an entry of the dump came from, as its first update says it. */
export function sourceName(id: string): string {
  return `statuspage:${id}`;
}
