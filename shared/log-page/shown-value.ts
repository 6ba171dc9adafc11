/** What a terminal would act on, or what changes the order in which text is shown. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const epochMilliseconds = /^\d{12,13}(?:\.0+)?$/;
/** As CloudWatch writes an instant, in UTC. */
const written = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/;

/** Written out as an escape: who reads a log has to see that something was to be hidden. */
export function withoutUnseen(text: string): string {
  return text
    .toWellFormed()
    .replace(unseen, (character) => String.raw`\u` + (character.codePointAt(0) ?? 0).toString(16).padStart(4, '0'));
}

/** A value of a row for a person: an instant as ISO 8601 in UTC, anything else as text in which everything is seen. */
export function shownValue(value: string | undefined, isInstant: boolean): string {
  if (value === undefined) return '';
  if (isInstant && written.test(value)) return `${value.replace(' ', 'T')}Z`;
  if (isInstant && epochMilliseconds.test(value)) return new Date(Number(value)).toISOString();
  return withoutUnseen(value);
}
