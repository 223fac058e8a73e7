/**
 * Editors escape URIs in different ways (`c%3A` and `c:`, `%28` and `(`). The workspace knows one form; answers about open
 * documents use the form that the editor used.
 */
export interface Uris {
  /** The workspace's form of an editor's URI. */
  known(uri: string): string;
  /** Remembers how the editor writes an open document's URI, and returns the workspace's form. */
  opened(uri: string): string;
  closed(uri: string): string;
  /** The form to use towards the editor. */
  shown(known: string): string;
}

export function uriForms(): Uris {
  const shown = new Map<string, string>();
  return {
    known: canonicalUri,
    opened(uri) {
      const known = canonicalUri(uri);
      shown.set(known, uri);
      return known;
    },
    closed(uri) {
      const known = canonicalUri(uri);
      shown.delete(known);
      return known;
    },
    shown: (known) => shown.get(known) ?? known,
  };
}

/** Every segment escaped as `encodeURIComponent` does, drive letters in lower case, no slash at the end. */
export function canonicalUri(uri: string): string {
  const parts = /^([a-z][a-z0-9+.-]*:)(\/\/[^/]*)?([^?#]*)(.*)$/i.exec(uri);
  if (parts === null) return uri;
  const [, scheme = '', authority = '', path = '', rest = ''] = parts;
  const segments = path
    .replace(/(?<=.)\/+$/, '')
    .split('/')
    .map(escaped);
  if (/^[a-z]%3a$/i.test(segments[1] ?? '')) segments[1] = segments[1]!.toLowerCase().replace('%3a', '%3A');
  return scheme.toLowerCase() + authority + segments.join('/') + rest;
}

function escaped(segment: string): string {
  try {
    return encodeURIComponent(decodeURIComponent(segment));
  } catch {
    return segment;
  }
}
