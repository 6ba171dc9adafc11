/** What others say, as far as it is carried along: states, Events and log lines have limits. */
export function cutText(text: string, mostCharacters = 500): string {
  return text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text;
}
