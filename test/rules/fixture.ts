/**
 * A fixture is a small workspace in one text:
 *
 *     # file: peers.yaml            a file begins (any of `#`, `!`, `//` may lead)
 *       name: x
 *     #       ^ bgp/some-rule: part of the message      a finding on the line above, at these columns
 *     --- fixed ---                 what the files are after the first fix of every marked finding
 *     --- fixed 2: part of the title ---               the same for the fix whose title holds that text
 *
 * Marker lines are taken out before the files are read, so they may stand where the format has no comments.
 */
export interface Fixture {
  readonly files: ReadonlyMap<string, string>;
  readonly expected: readonly Expected[];
  readonly fixed: readonly Fixed[];
}

export interface Expected {
  readonly file: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly code: string;
  readonly message: string | undefined;
}

export interface Fixed {
  /** Text that the fix's title holds; the first fix when absent. */
  readonly title: string | undefined;
  readonly files: ReadonlyMap<string, string>;
}

const HEADER = /^(?:#|!|\/\/)\s*file:\s*(\S+)\s*$/;
const MARKER = /^\s*(?:#|!|\/\/)?\s*(\^+)\s+([a-z0-9]+\/[a-z0-9-]+)(?::\s*(.*\S))?\s*$/;
const FIXED = /^--- fixed(?:\s+\d+)?(?::\s*(.*?))? ---$/;

export function parseFixture(text: string): Fixture {
  const sections: { title: string | undefined; lines: string[] }[] = [{ title: undefined, lines: [] }];
  for (const line of text.split('\n')) {
    const fixed = FIXED.exec(line);
    if (fixed !== null) sections.push({ title: fixed[1], lines: [] });
    else sections.at(-1)!.lines.push(line);
  }
  const [main, ...rest] = sections.map((section) => ({ title: section.title, ...readFiles(section.lines) }));
  return {
    files: main!.files,
    expected: main!.expected,
    fixed: rest.map(({ title, files }) => ({ title, files })),
  };
}

function readFiles(lines: readonly string[]): { files: Map<string, string>; expected: Expected[] } {
  const files = new Map<string, string[]>();
  const expected: Expected[] = [];
  let file = '';
  for (const line of lines) {
    const header = HEADER.exec(line);
    if (header !== null) {
      file = header[1]!;
      files.set(file, []);
      continue;
    }
    const content = files.get(file);
    const marker = MARKER.exec(line);
    if (marker !== null) {
      const start = line.indexOf('^');
      expected.push({
        file,
        line: (content?.length ?? 0) - 1,
        start,
        end: start + marker[1]!.length,
        code: marker[2]!,
        message: marker[3],
      });
    } else content?.push(line);
  }
  return { files: new Map([...files].map(([name, content]) => [name, `${content.join('\n').trimEnd()}\n`])), expected };
}
