/**
 * Fields that CloudWatch discovers in one JSON event, in their order; later ones do not exist for a query.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_AnalyzeLogData-discoverable-fields.html
 */
export const discoveredFields = 200;

export type Json = Record<string, unknown>;

/** A parsed event, or the start of one: the rest is parsed when a field may be in it. */
export interface JsonEvent {
  root: Json;
  /** What is parsed is so small that all its fields are discovered. */
  isSmall: boolean;
  /** The whole of it, and where what is not parsed yet begins. */
  rest: { message: string; from: number } | null;
  /** The rest was no JSON. */
  isBroken: boolean;
}

export const isNode = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/** Each leaf but one has a comma of its own, so that few commas prove few leaves. */
function hasFewCommas(message: string): boolean {
  let commas = 0;
  for (let at = message.indexOf(','); at >= 0; at = message.indexOf(',', at + 1))
    if (++commas >= discoveredFields) return false;
  return true;
}

/** The event of a message. @throws SyntaxError if it is no JSON */
export function jsonEvent(message: string): JsonEvent | null {
  const from = startOfObjects(message);
  if (from > 0) {
    const start = `${message.slice(0, from)}}`;
    try {
      return {
        root: JSON.parse(start) as Json,
        isSmall: hasFewCommas(start),
        rest: { message, from },
        isBroken: false,
      };
    } catch {
      // It was inside of another object, or the line is broken.
    }
  }
  const root: unknown = JSON.parse(message);
  return isNode(root) ? { root, isSmall: hasFewCommas(message), rest: null, isBroken: false } : null;
}

/** How the names end of what comes after most fields that are asked for: the larger part of most events. */
const [ending, beginnings] = ['Object":', [',"request', ',"response']];

/** The comma before the first of the objects of an audit event; 0: there is none. What is before it, and a brace, is JSON only if it is at the top. */
function startOfObjects(message: string): number {
  const at = message.indexOf(ending);
  const beginning = beginnings.find((text) => message.startsWith(text, at - text.length));
  return beginning === undefined ? 0 : Math.max(0, at - beginning.length);
}

/** Parses the rest of an event if one of the keys, which its start has not, may be in it. */
export function parseRest(event: JsonEvent, keys: readonly string[]): boolean {
  if (!event.rest) return false;
  const { message, from } = event.rest;
  const mayHave = (key: string) => !Object.hasOwn(event.root, key) && message.includes(`${key}"`, from);
  if (!keys.some(mayHave) && !message.includes(String.raw`\u`, from)) return false;
  event.rest = null;
  try {
    event.root = JSON.parse(message) as Json;
    event.isSmall = hasFewCommas(message);
    return true;
  } catch {
    event.isBroken = true;
    return false;
  }
}
