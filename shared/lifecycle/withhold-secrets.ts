const withheld = '(withheld)';

/** A value in quotes, which may be escaped since they stand in quotes themselves, or as far as it goes. */
const value = String.raw`(?:(?:bearer|basic)\s+)?(?:\\?"[^"]*"|'[^']*'|[^\s"',;&)}]+)`;

/** What follows a name that says what it is: `PASSWORD=x`, `--token x`, `"secret": "x"`. */
const named = new RegExp(
  String.raw`((?:--[\w-]*|\b[\w-]*)(?:passw(?:or)?d|secret|token|credentials?|api[_-]?key|access[_-]?key|private[_-]?key)[\w-]*\\?["']?\s*[=:]\s*)${value}`,
  'gi',
);
const option = new RegExp(
  String.raw`(--[\w-]*(?:passw(?:or)?d|secret|token|credentials?|api-?key|access-?key|private-?key)[\w-]*\s+)${value}`,
  'gi',
);
const authorization = new RegExp(String.raw`(\bauthorization\\?["']?\s*[=:]?\s+|\b(?:bearer|basic)\s+)${value}`, 'gi');

/** As AWS writes key ids and secret keys, and others their tokens: long, of small and capital letters and digits, without a pause. */
const keyId = /\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b/g;
const webToken = /\beyJ[\w-]+(?:\.[\w-]+)+/g;
const longWord = /(?=[A-Za-z0-9+/=_-]*[a-z])(?=[A-Za-z0-9+/=_-]*[A-Z])(?=[A-Za-z0-9+/=_-]*\d)[A-Za-z0-9+/=_-]{32,}/g;

/**
 * A line that somebody else wrote, without what looks like a secret in it: passwords by their name, parameters and users of URLs, keys and
 * tokens by their looks. Rather too much than too little: whoever may read the source reads the rest there.
 */
export function withholdSecrets(line: string): string {
  return line
    .replace(/(:\/\/)[^\s/@"']+@/g, `$1${withheld}@`)
    .replace(/(:\/\/[^\s"'?]+\?)[^\s"']+/g, `$1${withheld}`)
    .replace(named, `$1${withheld}`)
    .replace(option, `$1${withheld}`)
    .replace(authorization, `$1${withheld}`)
    .replace(keyId, withheld)
    .replace(webToken, withheld)
    .replace(longWord, withheld);
}
