import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type VyosSyntax, vyosAnswer } from '../../../server/src/engine/completion/vyos-grammar.ts';
import { VYOS_WORDS } from '../../../server/src/engine/completion/vyos-words.ts';
import { offered } from './marked.ts';

const boot = (protocols: string, footer = ''): string => `interfaces {
    ethernet eth1 {
        address 10.1.0.2/30
    }
}
${protocols}
${footer}`;
const NEW = '// vyos-config-version: "bgp@5:nat@8"\n// Release version: 1.4.0';
const OLD = '// vyos-config-version: "bgp@0:quagga@8"\n// Release version: 1.3.7';
const at = (text: string) => offered({ 'leaf0/config.boot': text });

test('braces: the words of a node, blocks with the place where one types next', () => {
  const text = boot('protocols {\n    bgp {\n        neigh|\n    }\n}', NEW);
  const bgp = at(text);
  assert.ok(bgp.labels.includes('system-as') && bgp.labels.includes('parameters'));
  assert.equal(bgp.accept('neighbor'), text.replace('neigh|', 'neighbor | {\n        }'));
  assert.equal(bgp.accept('parameters'), text.replace('neigh|', 'parameters {\n            |\n        }'));
  assert.equal(bgp.accept('system-as'), text.replace('neigh|', 'system-as |'));
  const route = at(
    boot('protocols {\n    static {\n        route 0.0.0.0/0 {\n            |\n        }\n    }\n}', NEW),
  );
  assert.ok(route.labels.includes('next-hop') && route.labels.includes('reject'));
  assert.equal(route.detail('blackhole'), 'packets are dropped');
  assert.deepEqual(
    at(
      boot(
        'nat {\n    source {\n        rule 10 {\n            translation {\n                address |\n            }\n        }\n    }\n}',
        NEW,
      ),
    ).labels,
    ['masquerade'],
  );
});

test('up to 1.3 the AS stands behind bgp, and some words are others', () => {
  const old = at(boot('protocols {\n    bgp 65001 {\n        |\n    }\n}', OLD));
  assert.ok(old.labels.includes('neighbor') && !old.labels.includes('system-as'));
  const rule = (footer: string) =>
    at(
      boot(
        'policy {\n    route-map A {\n        rule 10 {\n            set {\n                |\n            }\n        }\n    }\n}',
        footer,
      ),
    );
  assert.ok(rule(OLD).labels.includes('as-path-prepend') && !rule(OLD).labels.includes('as-path'));
  assert.ok(rule(NEW).labels.includes('as-path') && !rule(NEW).labels.includes('as-path-prepend'));
  const known = boot('protocols {\n    bgp 65001 {\n    }\n    static {\n        |\n    }\n}');
  assert.ok(at(known).labels.includes('interface-route'), 'the AS tells where no footer does');
});

test('commands: one word after the other, values and names of the network among them', () => {
  const set = (line: string): string =>
    `set system host-name leaf0\nset interfaces ethernet eth1 address 10.1.0.2/30\nset policy route-map OUT rule 10 action permit\n${line}\n`;
  assert.deepEqual(at(set('|')).labels, ['set', 'delete']);
  assert.deepEqual(at(set('set |')).labels, ['interfaces', 'protocols', 'policy', 'nat', 'system', 'vrf']);
  assert.equal(at(set('set pol|')).accept('policy'), set('set policy |'));
  assert.deepEqual(at(set('set policy route-map OUT rule 10 action |')).labels, ['permit', 'deny']);
  assert.ok(at(set('delete protocols bgp neighbor 10.1.0.1 |')).labels.includes('remote-as'));
  assert.deepEqual(
    at(set('set protocols bgp neighbor 10.1.0.1 address-family ipv4-unicast route-map export |')).labels,
    ['OUT'],
  );
  assert.ok(at(set('set nat source rule 10 outbound-interface name |')).labels.includes('eth1'));
  assert.deepEqual(at(set('set nat source rule 10 source address |')).labels, ['10.1.0.0/30']);
  assert.deepEqual(at(set('set system host-name leaf0 |')).labels, []);
  assert.deepEqual(at(set('# set |')).labels, []);
});

test('a neighbour offers the far end of the link, a static route too', () => {
  const lab = `name: fabric
topology:
  nodes:
    leaf0: {kind: vyosnetworks_vyos, startup-config: leaf0/config.boot}
    spine0: {kind: linux, image: "frrouting/frr:v8.4.4", binds: ["spine0/frr.conf:/etc/frr/frr.conf"]}
  links:
    - endpoints: ["leaf0:eth1", "spine0:eth1"]
`;
  const spine =
    'hostname spine0\ninterface eth1\n ip address 10.1.0.1/30\nexit\nrouter bgp 65100\n neighbor 10.1.0.2 remote-as 65001\nexit\n';
  const inLab = (protocols: string) =>
    offered({ 'lab.clab.yml': lab, 'spine0/frr.conf': spine, 'leaf0/config.boot': boot(protocols, NEW) });
  assert.equal(
    inLab('protocols {\n    bgp {\n        system-as 65001\n        neighbor | {\n        }\n    }\n}').labels[0],
    '10.1.0.1',
  );
  assert.equal(
    inLab(
      'protocols {\n    static {\n        route 0.0.0.0/0 {\n            next-hop | {\n            }\n        }\n    }\n}',
    ).labels[0],
    '10.1.0.1',
  );
});

test('every path of the word list leads somewhere, in both syntaxes', () => {
  for (const syntax of ['old', 'current'] satisfies VyosSyntax[]) {
    let count = 0;
    const visit = (path: readonly string[]): void => {
      const answer = vyosAnswer(VYOS_WORDS, path, syntax);
      assert.ok(answer !== undefined, path.join(' '));
      if ('value' in answer) return;
      const names = answer.words.map(({ name }) => name);
      assert.equal(new Set(names).size, names.length, `${path.join(' ')} has a word twice`);
      for (const { name, sort, detail } of answer.words) {
        count++;
        assert.ok(detail.en !== '' && detail['zh-cn'] !== '', name);
        if (sort === 'node' || sort === 'tag') visit([...path, name, ...(sort === 'tag' ? ['x'] : [])]);
      }
    };
    visit([]);
    assert.ok(count > 300, `${count} words`);
  }
});
