import type { SpiderPlan } from '../../assembly/spiderpool.ts';
import { labelOfCidr } from '../../assembly/spiderpool.ts';
import type { Resource } from '../../model/resource.ts';
import type { SpiderIPPool } from '../../model/spiderpool/ip-pool.ts';
import { formatPrefix, type Prefix } from '../../network/prefix.ts';
import type { Doc } from '../../syntax/document.ts';
import { blockLines, type Edit } from '../../syntax/edit.ts';
import type { Site } from '../../workspace/site.ts';
import type { Fix } from '../rule.ts';

/**
 * Offers the Calico IPPool that lets a SpiderIPPool's routes out, beside the pools that Calico has already, else beside its
 * other objects, else beside the SpiderIPPool.
 */
export function insertCalicoPool(
  site: Site,
  { resource, network }: SpiderPlan<SpiderIPPool> & { readonly network: Prefix },
): readonly Fix[] {
  const cidr = formatPrefix(network);
  const beside = [
    ...site.all('calico/IPPool'),
    ...site.all('calico/BGPPeer'),
    ...site.all('calico/BGPConfiguration'),
    resource,
  ].find(canHold);
  if (beside === undefined) return [];
  const taken = new Set(site.all('calico/IPPool').map((pool) => pool.name?.value));
  const wanted = resource.name?.value ?? `spiderpool-${labelOfCidr(cidr)}`;
  const name = taken.has(wanted) ? `spiderpool-${labelOfCidr(cidr)}` : wanted;
  return [
    {
      title: { en: `Insert the Calico IPPool ${cidr}`, 'zh-cn': `插入 Calico IPPool ${cidr}` },
      kind: 'pick',
      edits: () => append(beside.doc, manifest(name, cidr)),
    },
  ];
}

/** A file of YAML documents, or a here-document of a script. */
function canHold({ doc }: Resource): boolean {
  if (doc.format !== 'yaml') return false;
  if (doc.parent === undefined) return /\.ya?ml$/i.test(doc.file) && !/^\s*[[{]/.test(doc.text);
  return doc.parent.format === 'shell' && doc.parent.parent === undefined;
}

function manifest(name: string, cidr: string): string {
  const lines = blockLines(
    {
      apiVersion: 'projectcalico.org/v3',
      kind: 'IPPool',
      metadata: { name },
      spec: { cidr, disabled: true, ipipMode: 'Never', vxlanMode: 'Never', natOutgoing: false, nodeSelector: 'all()' },
    },
    0,
  );
  return `${lines.join('\n')}\n`;
}

function append(doc: Doc, text: string): readonly Edit[] {
  if (doc.parent === undefined) return [{ file: doc.file, append: text }];
  const gap = doc.text.endsWith('\n') ? '' : '\n';
  return [{ doc, span: [doc.text.length, doc.text.length], text: `${gap}---\n${text}` }];
}
