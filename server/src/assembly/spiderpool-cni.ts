import { Reader } from '../model/reader.ts';
import { type Doc, type Field, type Place, yamlOf } from '../syntax/document.ts';
import { pairOf, resolved } from '../syntax/tree.ts';
import { defineDerivation } from '../workspace/site.ts';

/** One plugin of a CNI configuration: a `.conflist`, a NetworkAttachmentDefinition's config, a ConfigMap's value. */
export interface CniPlugin {
  readonly doc: Doc;
  readonly place: Place;
  readonly type: Field<string>;
  /** `ipam.type`. */
  readonly ipam?: Field<string>;
  /** `ipam.default_ipv4_ippool` and `ipam.default_ipv6_ippool`. */
  readonly pools4: readonly Field<string>[];
  readonly pools6: readonly Field<string>[];
}

/** Every plugin that has a type, of every CNI configuration of a site. */
export const CNI_PLUGINS = defineDerivation('spiderpool/cni-plugins', (site): readonly CniPlugin[] =>
  site.objectless().flatMap(pluginsOf),
);

function pluginsOf(doc: Doc): readonly CniPlugin[] {
  const root = resolved(yamlOf(doc)?.root);
  if (root?.kind !== 'mapping' || pairOf(root, 'apiVersion') !== undefined) return [];
  const reader = new Reader(doc, [], root);
  if (pairOf(root, 'plugins') !== undefined) return reader.items('plugins').flatMap(pluginOf);
  const isConfig = pairOf(root, 'type') !== undefined && (pairOf(root, 'ipam') ?? pairOf(root, 'cniVersion'));
  return isConfig ? pluginOf(reader) : [];
}

function pluginOf(plugin: Reader): readonly CniPlugin[] {
  const type = plugin.string('type');
  if (type === undefined) return [];
  const ipam = plugin.string('ipam', 'type');
  return [
    {
      doc: plugin.doc,
      place: plugin.place,
      type,
      ...(ipam && { ipam }),
      pools4: plugin.strings('ipam', 'default_ipv4_ippool'),
      pools6: plugin.strings('ipam', 'default_ipv6_ippool'),
    },
  ];
}

/** CNI plugins that put a Pod straight onto a network of its own; Calico announces nothing for them. */
const UNDERLAY = /^(macvlan|ipvlan|vlan|sriov|ovs|ib-sriov|ipoib|bridge|host-device|eni)/;

/** Whether a site attaches Pods by other means than Calico: then a SpiderIPPool may not be Calico's to announce. */
export const HAS_UNDERLAY = defineDerivation('spiderpool/underlay', (site): boolean => {
  const configs = site.all('spiderpool/SpiderMultusConfig');
  if (configs.some((config) => config.blocks.length > 0)) return true;
  return site
    .derive(CNI_PLUGINS)
    .some(({ type, ipam }) => type.value !== undefined && UNDERLAY.test(type.value) && ipam?.value !== 'host-local');
});
