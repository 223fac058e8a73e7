import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { HOSTS } from '../../server/src/assembly/hosts.ts';
import { INTERFACES } from '../../server/src/assembly/interfaces.ts';
import { SEGMENTS } from '../../server/src/assembly/links.ts';
import type { TrackedSite } from '../../server/src/workspace/site.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';

const ROOT = 'file:///lab';

function siteOf(files: Readonly<Record<string, string>>): TrackedSite {
  const workspace = new Workspace();
  workspace.setFolders([{ uri: ROOT }]);
  for (const [file, text] of Object.entries(files)) workspace.setFile(`${ROOT}/${file}`, text);
  const [site] = workspace.sites();
  assert.ok(site);
  return site;
}

function example(folder: string, ...files: readonly string[]): TrackedSite {
  const path = (file: string): string => new URL(`../../examples/${folder}/${file}`, import.meta.url).pathname;
  return siteOf(Object.fromEntries(files.map((file) => [file, readFileSync(path(file), 'utf8')])));
}

const leafSpine = example(
  '004-leaf-spine',
  '1-setup-env.sh',
  '2-setup-clab.sh',
  '4-configure-bgp-rr.sh',
  'startup-conf/leaf0-boot.cfg',
  'startup-conf/leaf1-boot.cfg',
  'startup-conf/spine0-boot.cfg',
  'startup-conf/spine1-boot.cfg',
);

test('a kind container, a lab node, a Calico Node: one machine under four names', () => {
  const host = leafSpine.derive(HOSTS).ofNode('calico-bgp-rr-worker2');
  assert.ok(host);
  assert.deepEqual(
    host.labNodes.map(({ name }) => name),
    ['server3'],
  );
  assert.equal(host.kindNodes[0]?.registrations[0]?.kubelet.nodeIPs[0]?.value, '10.1.8.10');
  assert.equal(host.calicoNodes[0]?.ipv4Address?.value, '10.1.8.10/24');
});

test('a mounted config.boot of a topology in a script belongs to the node that mounts it', () => {
  const spine = leafSpine.derive(HOSTS).all.find(({ name }) => name === 'spine0');
  assert.ok(spine?.routerConfigs[0]?.doc.file.endsWith('startup-conf/spine0-boot.cfg'));
  const eth1 = leafSpine.derive(INTERFACES).at(spine!, 'eth1');
  assert.equal(eth1?.addresses[0]?.text.value, '10.1.10.2/24');
  assert.deepEqual([eth1?.mtu?.value, eth1?.mtu?.source], [1500, 'vyos default']);
});

test('whatever is plugged into one bridge shares a segment', () => {
  const segments = leafSpine.derive(SEGMENTS);
  const rack = segments.all.find(({ bridges }) => bridges.some(({ name }) => name === 'br-leaf0'));
  assert.deepEqual(
    rack?.ends.map((end) => `${end.host.name} ${end.interface.name}`),
    ['calico-bgp-rr-control-plane net0', 'calico-bgp-rr-worker net0', 'leaf0 eth3'],
  );
  assert.equal(rack?.closed, true);
});

const two = `name: two
topology:
  nodes:
    r1: {kind: linux, image: frr}
    r2: {kind: linux, image: frr}
    br: {kind: bridge}
  links:
    - endpoints: ["r1:eth1", "r2:eth1"]
    - endpoints: ["r1:eth2", "br:p1"]
    - endpoints: ["br:p2", "host:uplink"]
`;
const frr = (name: string): string =>
  `frr defaults datacenter\n${name}\ninterface eth1\n ip address 10.0.0.1/30\nexit\n`;

test('without a mount the host name decides, then the folder, then the file', () => {
  const site = siteOf({
    'two.clab.yml': two,
    'configs/first.conf': frr('hostname r1'),
    'r2/frr.conf': frr('!'),
  });
  const owners = site.derive(HOSTS).all.map(({ name, routerConfigs }) => [name, routerConfigs.length]);
  assert.deepEqual(owners, [
    ['r1', 1],
    ['r2', 1],
  ]);
  const byFile = siteOf({ 'two.clab.yml': two, 'configs/r1-frr.conf': frr('!') });
  assert.equal(byFile.derive(HOSTS).all.find(({ name }) => name === 'r1')?.routerConfigs.length, 1);
});

test('a host name that no node has is a router of its own', () => {
  const site = siteOf({ 'two.clab.yml': two, 'r1/frr.conf': frr('hostname edge') });
  assert.deepEqual(
    site.derive(HOSTS).all.map(({ name }) => name),
    ['edge', 'r1', 'r2'],
  );
});

test('a bridge with an end at the host is not closed; an interface without a cable is plugged into nothing', () => {
  const site = siteOf({ 'two.clab.yml': two, 'r1/frr.conf': frr('!') });
  const segments = site.derive(SEGMENTS);
  const r1 = site.derive(HOSTS).all.find(({ name }) => name === 'r1')!;
  assert.equal(segments.of(r1, 'eth2')?.closed, false);
  assert.equal(segments.of(r1, 'eth1.100'), segments.of(r1, 'eth1'));
  assert.equal(segments.of(r1, 'eth9'), null);
  assert.equal(segments.of(r1, 'eth0'), undefined, 'the management network');
});
