/** Makes a schema once for each time zone: zod works schemas out when they are first used, which takes longer than a file. */
export function perZone<T>(make: (timeZone: string) => T): (timeZone: string) => T {
  const made = new Map<string, { readonly schema: T }>();
  return (timeZone) => {
    const found = made.get(timeZone) ?? { schema: make(timeZone) };
    made.set(timeZone, found);
    return found.schema;
  };
}
