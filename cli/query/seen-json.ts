/** Of what JSON leaves as it is, what a terminal would act on or what hides other text. */
const unseen = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** The same value, and all of its text is seen; with the newline at its end. */
export function seenJson(value: unknown): string {
  const escaped = (character: string) => String.raw`\u` + character.charCodeAt(0).toString(16).padStart(4, '0');
  return `${JSON.stringify(value, null, 2).replace(unseen, escaped)}\n`;
}
