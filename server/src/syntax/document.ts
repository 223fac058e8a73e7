import type { BirdTree } from './bird.ts';
import type { DaemonsTree } from './daemons.ts';
import type { DnsmasqTree } from './dnsmasq.ts';
import type { Embedding } from './embedding.ts';
import type { FrrTree } from './frr.ts';
import type { MarkdownTree } from './markdown.ts';
import type { NodeStatusTree } from './node-status.ts';
import type { ResolvTree } from './resolv.ts';
import type { ShellTree } from './shell.ts';
import type { Span } from './span.ts';
import type { Path, YamlTree } from './tree.ts';
import type { VyosTree } from './vyos.ts';

/** What a document's tree is, by its format. JSON is read as YAML. */
export type Tree =
  | { readonly format: 'yaml'; readonly yaml: YamlTree }
  | { readonly format: 'frr'; readonly frr: FrrTree }
  | { readonly format: 'daemons'; readonly daemons: DaemonsTree }
  | { readonly format: 'vyos'; readonly vyos: VyosTree }
  | { readonly format: 'bird'; readonly bird: BirdTree }
  | { readonly format: 'shell'; readonly shell: ShellTree }
  | { readonly format: 'dnsmasq'; readonly dnsmasq: DnsmasqTree }
  | { readonly format: 'resolv'; readonly resolv: ResolvTree }
  | { readonly format: 'node-status'; readonly nodeStatus: NodeStatusTree }
  | { readonly format: 'markdown'; readonly markdown: MarkdownTree };

export type Format = Tree['format'];

/**
 * One document of a file. The object is the identity that findings and resources hold on to: when an edit changes the
 * text but not what it says, `text` and `tree` are replaced and the object stays. Only the workspace writes to it.
 */
export interface Doc {
  /** URI of the file. */
  readonly file: string;
  readonly format: Format;
  text: string;
  tree: Tree;
  /** Where offset 0 of this document stands in the file; used when there is no `embedding`. */
  base: number;
  /** Present for text inside another document: a heredoc, a JSON string, a nested YAML block. */
  embedding?: Embedding;
  readonly parent?: Doc;
  /** Where in the parent this text stands: the path of a YAML scalar, or `['heredocs', n]` of a script. */
  readonly hostPath?: Path;
  /** Texts inside this one that are documents of their own, in order. */
  children?: readonly Doc[];
}

/** A spot in a document: a path into its tree, or a span of its text; with both, the span counts inside the decoded scalar. */
export interface Place {
  readonly doc: Doc;
  readonly path?: Path;
  readonly part?: 'key' | 'value';
  readonly span?: Span;
}

/** A value read from a document, with its place. `value` is undefined when it is there but cannot be known. */
export interface Field<T> {
  readonly value: T | undefined;
  readonly place: Place;
}

/** The document that the scalar at `path` of a YAML document holds: JSON in an annotation, a nested YAML block. */
export function embeddedAt(doc: Doc, path: Path): Doc | undefined {
  return doc.children?.find(
    (child) => child.hostPath?.length === path.length && child.hostPath.every((step, i) => step === path[i]),
  );
}

export function yamlOf(doc: Doc): YamlTree | undefined {
  return doc.tree.format === 'yaml' ? doc.tree.yaml : undefined;
}
