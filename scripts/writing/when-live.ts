/** What is known of what happens after a push: `repository` on GitHub publishes it, or null for a way of one's own. */
export function whenLive(permalink: string | null, repository: string | null): string {
  const watch = repository === null ? '' : ` To watch: https://github.com/${repository}/actions`;
  if (permalink === null) return watch.trim();
  if (repository === null) return `Once it is published, customers read it at ${permalink}`;
  return `GitHub publishes it now, which takes some minutes; then customers read it at ${permalink}.${watch}`;
}
