/** Major, minor and patch. */
export type Version = readonly [number, number, number];

/** Out of a tag such as `v2.12.1` or `v1.19.2-eksbuild.1`; undefined for one that names no version, such as `latest`. */
export function parseVersion(text: string | undefined): Version | undefined {
  const [, major, minor, patch] = /^v?(\d+)\.(\d+)(?:\.(\d+))?(?![\d.])/.exec(text ?? '') ?? [];
  return major === undefined || minor === undefined ? undefined : [Number(major), Number(minor), Number(patch ?? 0)];
}

export function atLeast(version: Version, least: Version): boolean {
  const at = version.findIndex((part, index) => part !== least[index]);
  return at < 0 || (version[at] ?? 0) > (least[at] ?? 0);
}

/** The version of an image by its tag, with a digest or without. */
export function imageVersion(image: string | undefined): Version | undefined {
  const [, tag] = /^[^@]*:([^/@]+)(?:@.*)?$/.exec(image ?? '') ?? [];
  return parseVersion(tag);
}
