import { commandsOf, parseShell } from '../syntax/shell.ts';
import type { Host } from './hosts.ts';
import type { LabNode } from './labs.ts';

/** Kinds that have no configuration of their own: what their files and `exec:` lines say is all there is. */
const PLAIN = /^(linux|ext-container|k8s-kind|host|bridge|ovs-bridge)$/;
const ROUTING_IMAGE = /frr|bird|gobgp|vyos|quagga|exabgp|openbgpd|holo/i;

/** Whether a machine may run routing software, or get addresses, by a configuration that Selvage does not read. */
export function mayRoute(host: Host): boolean {
  if (host.calicoNodes.length > 0) return false;
  // Cilium, MetalLB or kube-router may speak BGP on a cluster's nodes.
  if (host.kindNodes.length > 0 || host.kubernetesNodes.length > 0) return true;
  return host.labNodes.some(
    ({ kind, settings }) =>
      kind === undefined ||
      kind.name === 'ext-container' ||
      settings.network?.mode === 'container' ||
      !PLAIN.test(kind.name) ||
      settings.startupConfig !== undefined ||
      ROUTING_IMAGE.test(settings.image?.value ?? ''),
  );
}

/**
 * Whether all that gives a machine addresses can be read. Not where a network system of a kind that Selvage does not know
 * runs, nor where a start-up script is at work; for a machine outside of labs there is no telling, and it counts as read.
 */
export function isReadable(host: Host): boolean {
  return host.labNodes.every((node) => {
    if (node.kind === undefined || runsScript(node)) return false;
    if (PLAIN.test(node.kind.name) && node.settings.startupConfig === undefined)
      return host.routerConfigs.length > 0 || !ROUTING_IMAGE.test(node.settings.image?.value ?? '') || isBare(node);
    return node.kind.name === 'vyosnetworks_vyos' && host.routerConfigs.length > 0;
  });
}

/** Nothing is mounted: the routing software is configured by `exec:` lines, or not at all. */
function isBare({ settings }: LabNode): boolean {
  return settings.binds.length === 0;
}

const SHELL = /(^|\/)(ba|da|a|k|z)?sh$/;
const SCRIPT =
  /\.(sh|py|rb|pl)$|^\.{0,2}\/(?!(usr\/)?s?bin\/)|^(source|ifup|ifupdown|netplan|dhclient|udhcpc|dhcpcd|python3?)$/;

/** Whether a node runs a script, or asks for an address by DHCP, when it starts. */
function runsScript({ settings }: LabNode): boolean {
  const lines = [...settings.exec, ...settings.stages.flatMap((stage) => stage.exec.map(({ command }) => command))].map(
    ({ text }) => text.value,
  );
  return [...lines, settings.cmd?.value, settings.entrypoint?.value].some(
    (text) => text !== undefined && isScript(text),
  );
}

function isScript(line: string): boolean {
  return commandsOf(parseShell(line)).some(({ words }) => {
    const texts = words.map(({ text }) => text);
    const first = texts.findIndex((text) => !/^(sudo|env|exec|nohup)$|=/.test(text));
    const [command = '', ...rest] = texts.slice(Math.max(first, 0));
    if (!SHELL.test(command)) return SCRIPT.test(command);
    const option = rest.findIndex((text) => /^-\w*c\w*$/.test(text));
    if (option >= 0) return isScript(rest[option + 1] ?? '');
    return rest.some((text) => !text.startsWith('-'));
  });
}
