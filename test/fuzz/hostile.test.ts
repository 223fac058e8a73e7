import assert from 'node:assert/strict';
import { test } from 'node:test';
import { completionsAt } from '../../server/src/engine/completion.ts';
import { foldsOf } from '../../server/src/engine/folds.ts';
import { outlineOf } from '../../server/src/engine/outline.ts';
import { referencesAt } from '../../server/src/engine/references.ts';
import { selectionSpans } from '../../server/src/engine/selection-ranges.ts';
import { Engine } from '../../server/src/engine.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';
import { cpuTimeOf } from './cpu-time.ts';

const POOL = 'apiVersion: projectcalico.org/v3\nkind: IPPool\nmetadata: {name: p}\nspec:\n';
const PEER = 'apiVersion: projectcalico.org/v3\nkind: BGPPeer\nmetadata: {name: p}\nspec:\n';
const laughs = ['a: &a [x, x, x, x, x, x, x, x, x]'];
for (const [index, name] of [...'bcdefghi'].entries()) {
  const below = [...'abcdefgh'][index]!;
  laughs.push(`${name}: &${name} [${Array(9).fill(`*${below}`).join(', ')}]`);
}
const object = (body: string): string => `apiVersion: projectcalico.org/v3\nkind: IPPool\nmetadata: {name: p}\n${body}`;

/** Texts made to make a reader slow or to overflow it, by the file they come in. */
const TEXTS: Readonly<Record<string, readonly (readonly [name: string, text: string])[]>> = {
  'a.yaml': [
    ['brackets nested 100,000 deep', '['.repeat(100_000)],
    ['mappings nested 2,000 deep', Array.from({ length: 2000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
    ['dashes nested 20,000 deep', '- '.repeat(20_000)],
    ['aliases of aliases', object(laughs.join('\n'))],
    [
      'merges of merges',
      object(
        [
          'a: &a {k: 1}',
          ...[...'bcdefgh'].map(
            (name, i) => `${name}: &${name} {<<: [${Array(9).fill(`*${'abcdefgh'[i]}`).join(', ')}]}`,
          ),
        ].join('\n'),
      ),
    ],
    ['an anchor that holds itself', object('spec: &a {b: *a, <<: *a}')],
    ['200,000 empty documents', '---\n'.repeat(200_000)],
    [
      '2,000 pools that overlap',
      Array.from({ length: 2000 }, (_, i) => `${POOL.replace('p}', `p${i}}`)}  cidr: 10.${i & 255}.0.0/8\n`).join(
        '---\n',
      ),
    ],
    ['a line of a million blanks', `a:${' '.repeat(1_000_000)}b\n`],
    ['a million blank lines', '\n'.repeat(1_000_000)],
    [
      'a selector of 100,000 words',
      `${PEER}  peerSelector: "${'a == "b" && '.replaceAll('"', "'").repeat(8000)}all()"\n`,
    ],
    ['a selector of 100,000 brackets', `${PEER}  peerSelector: "${'('.repeat(100_000)}"\n`],
    ['a selector of 100,000 negations', `${PEER}  nodeSelector: "${'!'.repeat(100_000)}all()"\n`],
    ['a name of a million letters', `${POOL.replace('p}', `${'a'.repeat(1_000_000)}}`)}  cidr: 10.0.0.0/8\n`],
    ['an address of 100,000 colons', `${POOL}  cidr: "${':'.repeat(100_000)}/64"\n`],
    ['20,000 keys', `${POOL}${Array.from({ length: 20_000 }, (_, i) => `  key${i}: v\n`).join('')}`],
    ['a folded scalar of 50,000 lines', `a: >\n${'  x\n\n'.repeat(50_000)}`],
    [
      'JSON in JSON in JSON',
      `apiVersion: v1\nkind: Pod\nmetadata:\n  name: x\n  annotations:\n    ipam.spidernet.io/ippools: '${'[{"a":'.repeat(5000)}'\n`,
    ],
  ],
  'a.sh': [
    ['20,000 heredocs', 'cat <<EOF\nkind: x\nEOF\n'.repeat(20_000)],
    ['a heredoc that never ends', `cat <<EOF\n${'a: b\n'.repeat(50_000)}`],
    ['quotes in quotes', `echo ${'"$(echo '.repeat(20_000)}`],
    ['a word of a million backslashes', `echo ${'\\'.repeat(1_000_000)}`],
  ],
  'frr.conf': [
    [
      '20,000 neighbours',
      `router bgp 1\n${Array.from({ length: 20_000 }, (_, i) => ` neighbor 10.${i >> 16}.${(i >> 8) & 255}.${i & 255} remote-as ${i}\n`).join('')}`,
    ],
    ['a line of a million words', `router bgp 1\n neighbor ${'a '.repeat(500_000)}\n`],
    ['20,000 routers', 'router bgp 1\nexit\n'.repeat(20_000)],
  ],
  'config.boot': [
    ['braces nested 20,000 deep', `interfaces {\n  ethernet eth0 {\n${'a {\n'.repeat(20_000)}`],
    ['closing braces only', `interfaces {\n  ethernet eth0 {\n  }\n}\n${'}\n'.repeat(100_000)}`],
  ],
  'bird.conf': [
    ['braces nested 20,000 deep', `protocol bgp x {\n${'a {\n'.repeat(20_000)}`],
    ['closing braces only', `router id 1.1.1.1;\n${'}\n'.repeat(100_000)}`],
    ['brackets nested 20,000 deep', `router id 1.1.1.1;\nfilter f { if ${'('.repeat(20_000)} net then accept; }\n`],
    ['comments that never end', `router id 1.1.1.1;\n${'/* '.repeat(100_000)}`],
    [
      '3,000 sessions of one template',
      `template bgp t { local as 1; ipv4 { import where net ~ [ 10.0.0.0/8+ ]; export all; }; }\n${Array.from({ length: 3000 }, (_, i) => `protocol bgp p${i} from t { neighbor 10.1.${i >> 8}.${i & 255} as 2; }\n`).join('')}`,
    ],
  ],
  'x.clab.yml': [
    [
      '2,000 nodes and links',
      `name: x\ntopology:\n  nodes:\n${Array.from({ length: 2000 }, (_, i) => `    n${i}: {kind: linux, image: a}\n`).join('')}  links:\n${Array.from({ length: 2000 }, (_, i) => `    - endpoints: ["n${i}:eth1", "n${(i + 1) % 2000}:eth2"]\n`).join('')}`,
    ],
  ],
};

/** CPU time that a text of a megabyte may take with every rule on, in ms; what is quadratic takes minutes. */
const PATIENCE = 5000;

for (const [name, texts] of Object.entries(TEXTS))
  for (const [what, text] of texts)
    test(`${name}: ${what}`, () => {
      const workspace = new Workspace();
      workspace.setFolders([{ uri: 'file:///n' }]);
      const engine = new Engine(workspace);
      const took = cpuTimeOf(() => {
        workspace.setFile(`file:///n/${name}`, text);
        for (const { range } of engine.diagnoseAll()) assert.ok(range.end.line >= range.start.line);
      });
      assert.ok(took < PATIENCE, `it took ${Math.round(took)} ms`);
    });

const DEEP = 'a {\n'.repeat(20_000);
const CLOSED = '}\n'.repeat(20_002);
for (const [name, head] of [
  ['bird.conf', 'router id 1.1.1.1;\nprotocol bgp x {\nipv4 {\n'],
  ['config.boot', 'interfaces {\n  ethernet eth0 {\n'],
] as const)
  for (const [what, tail] of [
    ['never close', ''],
    ['all close', CLOSED],
  ] as const)
    test(`${name}: braces nested 20,000 deep that ${what} still have an outline, folds, selections and names`, () => {
      const workspace = new Workspace();
      workspace.setFolders([{ uri: 'file:///n' }]);
      const uri = `file:///n/${name}`;
      workspace.setFile(uri, head + DEEP + tail);
      const file = workspace.file(uri)!;
      const took = cpuTimeOf(() => {
        outlineOf(file);
        foldsOf(file);
        selectionSpans(file, head.length + DEEP.length - 4);
        referencesAt(file, head.length - 4, workspace.sitesOf(uri));
        completionsAt(file, head.length, workspace.sitesOf(uri));
      });
      assert.ok(took < PATIENCE, `it took ${Math.round(took)} ms`);
    });
