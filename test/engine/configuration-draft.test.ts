import assert from 'node:assert/strict';
import { test } from 'node:test';
import { draftConfiguration } from '../../server/src/engine/configuration-draft.ts';
import { Engine } from '../../server/src/engine.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';

const PEER = `apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata: {name: lonely}
spec: {asNumber: 64512}
`;
const INSTALL =
  'kubectl apply -f https://raw.githubusercontent.com/projectcalico/calico/v3.29.1/manifests/calico.yaml\n';

function opened(files: Readonly<Record<string, string>>): Engine {
  const workspace = new Workspace();
  workspace.setFolders([{ uri: 'file:///net' }]);
  for (const [path, text] of Object.entries(files)) workspace.setFile(`file:///net/${path}`, text);
  return new Engine(workspace);
}

const drafted = (files: Readonly<Record<string, string>>, language: 'en' | 'zh-cn' = 'en'): string =>
  draftConfiguration(opened(files), 'file:///net', language);

test('a release that one file names is set; of two releases a person must choose', () => {
  const one = drafted({ 'install.sh': INSTALL, 'peer.yaml': PEER });
  assert.match(one, /^calicoVersion: "3\.29"$/m);
  assert.match(one, /Named here: 3\.29 \(install\.sh:1\)\./);
  const two = drafted({ 'install.sh': INSTALL, 'upgrade.sh': INSTALL.replace('3.29.1', '3.31.0') });
  assert.match(two, /^# calicoVersion: /m);
  assert.match(two, /3\.29 \(install\.sh:1\), 3\.31 \(upgrade\.sh:1\)/);
});

test('it says what was found, and which rules spoke', () => {
  const text = drafted({ 'peer.yaml': PEER });
  assert.match(text, /Calico 1/);
  assert.match(text, /^# {3}bgp\/peer-without-target: error$/m);
  assert.match(drafted({}), /no network files yet/);
});

test('several networks that Selvage tells apart are named', () => {
  const pool = (cidr: string): string =>
    `apiVersion: projectcalico.org/v3\nkind: IPPool\nmetadata: {name: pods}\nspec: {cidr: ${cidr}}\n`;
  const text = drafted({ 'east/pool.yaml': pool('10.1.0.0/16'), 'west/pool.yaml': pool('10.2.0.0/16') });
  assert.match(text, /name: "east"\n# {5}include: \["east"\]\n# {3}- name: "west"/);
});

for (const language of ['en', 'zh-cn'] as const)
  test(`as it is and with every example switched on, the draft is a good selvage.yaml (${language})`, () => {
    const files = { 'install.sh': INSTALL, 'peer.yaml': PEER };
    const text = drafted(files, language);
    // An example is a key, or what is indented below one.
    const awake = text.replace(/^# (?=\w+:( "[^"]*")?$| {2})/gm, '');
    assert.notEqual(awake, text);
    for (const draft of [text, awake]) {
      const engine = opened({ ...files, 'selvage.yaml': draft });
      assert.deepEqual(
        engine.diagnose('file:///net/selvage.yaml').map(({ message }) => message.en),
        [],
        draft,
      );
    }
    const [site] = [...opened({ ...files, 'selvage.yaml': awake }).workspace.sites()].filter(
      ({ settings }) => settings.networks.size > 0,
    );
    assert.equal(site?.settings.calicoVersion, '3.29');
    assert.ok(language === 'en' || /[\u4e00-\u9fff]/.test(text));
  });
