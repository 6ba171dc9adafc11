/** What a terminal would act on, or what changes the order in which text is shown. */
const unseen = /[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069\u061c]/gu;

/** One line without what nobody sees. */
export function oneLine(text: string): string {
  return text.toWellFormed().replace(unseen, ' ').replace(/\s+/g, ' ').trim();
}

/** Whether it is what it looks like: a command that is not must not be pasted. */
export function isPlain(text: string): boolean {
  return text.isWellFormed() && text.search(unseen) === -1;
}

/** An ARN without what all ARNs of an account and region have in common; anything else as it is. */
export function shortResource(resource: string): string {
  const parts = resource.split(':');
  return parts[0] === 'arn' && parts.length > 5 ? parts.slice(5).join(':') : resource;
}

/** Cut to so many characters, no character in half. */
export function cutTo(text: string, mostCharacters: number): string {
  return text.length > mostCharacters
    ? `${text
        .slice(0, mostCharacters - 1)
        .toWellFormed()
        .replace(/\ufffd$/, '')}…`
    : text;
}
