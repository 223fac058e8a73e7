/** Major and minor of a release such as `v3.31.2` or `3.31`, or undefined when the text is none. */
function minorOf(version: string): number | undefined {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version) ?? [];
  return major === undefined ? undefined : Number(major) * 1000 + Number(minor);
}

/** Whether `version` is an older minor release than `than`; false when either cannot be read. */
export function isOlder(version: string, than: string): boolean {
  const a = minorOf(version);
  const b = minorOf(than);
  return a !== undefined && b !== undefined && a < b;
}

export function isNewer(version: string, than: string): boolean {
  return isOlder(than, version);
}
