/** Last segment of a URI, decoded. */
export function baseName(uri: string): string {
  return decode(uri.slice(uri.lastIndexOf('/') + 1));
}

/** The folder of a file or folder, without a trailing slash. */
export function folderOf(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/'));
}

export function isInside(folder: string, uri: string): boolean {
  return uri === folder || uri.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** Path of a URI below a folder, `/`-separated and decoded; the decoded path of the URI when it is elsewhere. */
export function relativePath(folder: string, uri: string): string {
  const root = folder.endsWith('/') ? folder : `${folder}/`;
  return decode(uri.startsWith(root) ? uri.slice(root.length) : uri.replace(/^[a-z][a-z0-9+.-]*:\/\//i, ''));
}

/** A path as people write it (`./a/../b`, `a\b`) below a folder, as a URI. */
export function resolvePath(folder: string, path: string): string {
  const parts = folder.split('/');
  const root = parts.findIndex((part, index) => index > 2 && part !== '') - 1;
  for (const part of path.replaceAll('\\', '/').split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      if (parts.length > Math.max(root, 3)) parts.pop();
    } else parts.push(encodeURIComponent(part));
  }
  return parts.join('/');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
