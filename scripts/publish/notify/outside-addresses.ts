/** Changes a text except for its web addresses, which would lead nowhere with a sign more in them. */
export function outsideAddresses(text: string, change: (part: string) => string): string {
  return text
    .split(/(https?:\/\/[^\s<>()[\]"`|\\]+)/)
    .map((part, index) => (index % 2 === 1 ? part : change(part)))
    .join('');
}
