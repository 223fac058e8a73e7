import type { RuleId } from '../rules/rule.ts';
import type { Doc } from '../syntax/document.ts';

/**
 * Rules that are sure of themselves on a snippet in Markdown, which may be a part of something, an alternative, or hold
 * placeholders: a word that no parser takes, whatever stands around it. Left out on purpose: duplicate keys (several objects
 * in one block), `//` (notes beside output), and addresses of manifests.
 */
export const CERTAIN_IN_PROSE: ReadonlySet<string> = new Set<RuleId>([
  'ipam/block-size',
  'ipam/encapsulation',
  'k8s/daemonset-replicas',
  'selector/newline',
  'selector/syntax',
  'shell/redirect-then-pipe',
  'shell/route-syntax',
  'shell/sysctl-file',
  'shell/tunnel-route',
  'yaml/dedented-children',
  'yaml/tag-eats-value',
]);

/** Whether a document stands inside a Markdown file, at whatever depth. */
export function isInProse(doc: Doc): boolean {
  return doc.format === 'markdown' || (doc.parent !== undefined && isInProse(doc.parent));
}
