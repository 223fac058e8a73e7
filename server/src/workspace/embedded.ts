import type { KubernetesObject, Resource } from '../model/resource.ts';
import type { ShellScript } from '../model/shell/script.ts';
import { isBirdPath, looksLikeBird } from '../syntax/bird.ts';
import type { Doc, Format } from '../syntax/document.ts';
import { yamlOf } from '../syntax/document.ts';
import { type Embedding, segmented } from '../syntax/embedding.ts';
import { looksLikeFrr } from '../syntax/frr.ts';
import { fenceText } from '../syntax/markdown.ts';
import { nodeOf } from '../syntax/place.ts';
import { scalarSegments } from '../syntax/scalar.ts';
import { commandsOf, heredocEmbedding, wordEmbedding } from '../syntax/shell.ts';
import { splitDocuments } from '../syntax/split.ts';
import { nodeAt, type Path, resolved, type Scalar } from '../syntax/tree.ts';
import { looksLikeVyos } from '../syntax/vyos.ts';

/** A text that stands inside a document and is a document of its own. */
export interface Embedded {
  readonly format: Format;
  readonly text: string;
  readonly embedding: Embedding;
  readonly hostPath: Path;
}

/** What is written inside a document: heredocs of a script, JSON and YAML in scalars that are known to hold them. */
export function embeddedTexts(doc: Doc, resources: readonly Resource[]): readonly Embedded[] {
  if (doc.tree.format === 'shell') return [...heredocs(doc), ...patches(doc, resources)];
  if (doc.tree.format === 'markdown') return fences(doc);
  if (doc.tree.format !== 'yaml' || depthOf(doc) > 3) return [];
  return resources.flatMap((resource) => scalarPaths(doc, resource)).flatMap((path) => inScalar(doc, path));
}

function depthOf(doc: Doc): number {
  return doc.parent === undefined ? 0 : 1 + depthOf(doc.parent);
}

function heredocs(doc: Doc): readonly Embedded[] {
  if (doc.tree.format !== 'shell') return [];
  return doc.tree.shell.heredocs.flatMap((heredoc, index) =>
    documentsIn(
      heredoc.text,
      heredocEmbedding(doc.text, heredoc),
      ['heredocs', index],
      heredocFormat(heredoc.text, heredoc.target?.text, heredoc.tool?.[0]),
    ),
  );
}

/** What a script patches objects with, where the patch is written out as one word. */
function patches(doc: Doc, resources: readonly Resource[]): readonly Embedded[] {
  if (doc.tree.format !== 'shell') return [];
  const words = commandsOf(doc.tree.shell).flatMap((command) => command.words);
  return resources
    .flatMap((resource) => (resource.kind === 'shell/Script' ? (resource as ShellScript).patches : []))
    .flatMap(({ patch }, index): readonly Embedded[] => {
      const [start] = patch.place.span ?? [];
      const word = words.find(({ span }) => start !== undefined && span[0] <= start && start < span[1]);
      if (word === undefined || word.text !== patch.value || !/^\s*\{/.test(word.text)) return [];
      const embedding = wordEmbedding(doc.text, word);
      return [{ format: 'yaml', text: word.text, embedding, hostPath: ['patches', index] }];
    });
}

/** Fences whose language and text say that they are whole objects or commands; anything less is prose. */
function fences(doc: Doc): readonly Embedded[] {
  if (doc.tree.format !== 'markdown') return [];
  return doc.tree.markdown.fences.flatMap((fence, index) => {
    const { text, embedding } = fenceText(doc.text, fence);
    return documentsIn(text, embedding, ['fences', index], fenceFormat(fence.language, text));
  });
}

function fenceFormat(language: string, text: string): Format | undefined {
  const hasObject = /^["']?apiVersion["']?\s*:/m.test(text) && /^["']?kind["']?\s*:/m.test(text);
  const hasHeredoc = /<<-?\s*['"]?\w+/.test(text);
  if (/^(bash|sh|shell|zsh|console|shell-session|shellsession|terminal)$/.test(language))
    return hasObject && !hasHeredoc ? undefined : 'shell';
  if (!/^(ya?ml|json|)$/.test(language)) return undefined;
  if (hasHeredoc && language === '') return 'shell';
  // What a template engine makes YAML of is none yet.
  if (/^[ \t]*\{(\{|%)/m.test(text)) return undefined;
  return hasObject ? 'yaml' : undefined;
}

function heredocFormat(text: string, target: string | undefined, tool: string | undefined): Format | undefined {
  if (tool === 'vtysh') return 'frr';
  if (target !== undefined && isBirdPath(target) && looksLikeBird(text)) return 'bird';
  if (looksLikeVyos(text)) return 'vyos';
  if (looksLikeFrr(text)) return 'frr';
  if (target?.endsWith('/daemons')) return 'daemons';
  if (/(^|\/)dnsmasq[^/]*\.conf$|\/dnsmasq\.d\//.test(target ?? '')) return 'dnsmasq';
  if (/(^|\/)resolv[^/]*\.conf$/.test(target ?? '')) return 'resolv';
  return /^[ \t]*(-[ \t]+)?["']?(apiVersion|kind|topology|name)["']?\s*:/m.test(text) ? 'yaml' : undefined;
}

const TEXT_ANNOTATIONS =
  /^(ipam\.spidernet\.io\/|k8s\.v1\.cni\.cncf\.io\/networks$|v1\.multus-cni\.io\/default-network$|cni\.projectcalico\.org\/)/;

/** Paths of the scalars of an object that hold JSON, YAML or a router configuration. */
function scalarPaths(doc: Doc, resource: Resource): readonly Path[] {
  const paths: Path[] = [];
  const under = (...steps: readonly (string | number)[]): Path => [...resource.path, ...steps];
  const annotations = (...to: readonly string[]): void => {
    const map = resolved(nodeAt(yamlOf(doc)?.root, under(...to, 'annotations')));
    if (map?.kind === 'mapping')
      for (const pair of map.pairs)
        if (TEXT_ANNOTATIONS.test(pair.key.text)) paths.push(under(...to, 'annotations', pair.key.text));
  };
  if ((resource as KubernetesObject).annotations !== undefined) {
    annotations('metadata');
    annotations('spec', 'template', 'metadata');
    annotations('spec', 'jobTemplate', 'spec', 'template', 'metadata');
  }
  if (resource.kind === 'kubernetes/ConfigMap') {
    const data = resolved(nodeAt(yamlOf(doc)?.root, under('data')));
    if (data?.kind === 'mapping') for (const pair of data.pairs) paths.push(under('data', pair.key.text));
  }
  if (resource.kind === 'multus/NetworkAttachmentDefinition') paths.push(under('spec', 'config'));
  if (resource.kind === 'kind/Cluster') {
    const nodes = resolved(nodeAt(yamlOf(doc)?.root, under('nodes')));
    const lists: Path[] = [under('kubeadmConfigPatches')];
    if (nodes?.kind === 'sequence')
      for (const index of nodes.items.keys()) lists.push(under('nodes', index, 'kubeadmConfigPatches'));
    for (const list of lists) {
      const patches = resolved(nodeAt(yamlOf(doc)?.root, list));
      if (patches?.kind === 'sequence') for (const index of patches.items.keys()) paths.push([...list, index]);
    }
  }
  return paths;
}

function inScalar(doc: Doc, path: Path): readonly Embedded[] {
  const node = nodeOf({ doc, path });
  if (node?.kind !== 'scalar' || node.templated || node.text.length < 2) return [];
  const block = node.style === 'literal' || node.style === 'folded';
  const embedding = segmented(scalarSegments(doc.text, node), encoderOf(doc, node));
  return documentsIn(node.text, embedding, path, scalarFormat(node.text, block));
}

function scalarFormat(text: string, block: boolean): Format | undefined {
  if (/^\s*[[{]/.test(text)) return 'yaml';
  if (!block) return undefined;
  if (looksLikeVyos(text)) return 'vyos';
  if (looksLikeFrr(text)) return 'frr';
  return /^(apiVersion|kind|topology)\s*:/m.test(text) ? 'yaml' : undefined;
}

/** How inserted text is written inside a scalar of this style. */
function encoderOf(doc: Doc, scalar: Scalar): (text: string) => string {
  switch (scalar.style) {
    case 'single':
      return (text) => text.replaceAll("'", "''");
    case 'double':
      return (text) => JSON.stringify(text).slice(1, -1);
    case 'literal':
    case 'folded': {
      const header = doc.text.indexOf('\n', scalar.span[0]);
      const indent = /^[ ]*/.exec(doc.text.slice(header + 1))?.[0] ?? '';
      return (text) => text.replaceAll('\n', `\n${indent}`);
    }
    default:
      return (text) => text;
  }
}

function documentsIn(text: string, outer: Embedding, hostPath: Path, format: Format | undefined): readonly Embedded[] {
  if (format === undefined) return [];
  if (format !== 'yaml') return [{ format, text, embedding: outer, hostPath }];
  return splitDocuments(text).map(({ start, end }) => ({
    format,
    text: text.slice(start, end),
    embedding: {
      outer: (offset) => outer.outer(offset + start),
      outerEnd: (offset) => outer.outerEnd(offset + start),
      encode: outer.encode,
    },
    hostPath,
  }));
}
