import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  commandsOf,
  heredocEmbedding,
  parseShell,
  programWords,
  wordEmbedding,
} from '../../server/src/syntax/shell.ts';

const words = (text: string) => commandsOf(parseShell(text)).map((c) => c.words.map((w) => w.text));

function onlyHeredoc(text: string) {
  const { heredocs } = parseShell(text);
  assert.equal(heredocs.length, 1);
  return heredocs[0]!;
}

test('cat into a tool: the body, and the tool that reads it', () => {
  const script = 'set -e\ncat <<EOF | calicoctl apply -f -\nkind: IPPool\nEOF\necho done\n';
  const heredoc = onlyHeredoc(script);
  assert.equal(script.slice(...heredoc.body), 'kind: IPPool\n');
  assert.deepEqual(heredoc.tool, ['calicoctl', 'apply', '-f', '-']);
  assert.equal(heredoc.target, undefined);
  assert.equal(heredoc.quoted, false);
  assert.ok(heredoc.closed);
  assert.deepEqual(words(script).at(-1), ['echo', 'done']);
});

test('a tool that reads the here-document itself, behind sudo and an assignment', () => {
  const heredoc = onlyHeredoc("sudo -E DATASTORE_TYPE=etcdv3 calicoctl create -f - <<'END'\nkind: BGPPeer\nEND\n");
  assert.deepEqual(heredoc.tool, ['calicoctl', 'create', '-f', '-']);
  assert.ok(heredoc.quoted);
});

test('cat into a file', () => {
  const heredoc = onlyHeredoc('cat <<EOF > /etc/frr/frr.conf\nrouter bgp 1\nEOF\n');
  assert.equal(heredoc.target?.text, '/etc/frr/frr.conf');
  assert.equal(heredoc.tool, undefined);
});

test('tee into a file', () => {
  assert.equal(onlyHeredoc('sudo tee -a /etc/sysctl.conf <<X >/dev/null\na=1\nX\n').target?.text, '/etc/sysctl.conf');
  assert.equal(onlyHeredoc('cat <<X | sudo tee /etc/sysctl.conf\na=1\nX\n').target?.text, '/etc/sysctl.conf');
});

test('redirected and piped at once: both the file and the tool are told', () => {
  const heredoc = onlyHeredoc('cat <<EOF>clab.yaml | clab deploy -t clab.yaml -\nname: lab\nEOF\n');
  assert.equal(heredoc.target?.text, 'clab.yaml');
  assert.deepEqual(heredoc.tool, ['clab', 'deploy', '-t', 'clab.yaml', '-']);
  assert.equal(heredoc.pipeline.commands[0]?.redirects[0]?.operator, '>');
});

test('two here-documents on one line come one after the other', () => {
  const script = 'diff <(cat <<A) <(cat <<"B")\none\nA\ntwo\nB\n';
  const { heredocs } = parseShell(script);
  assert.deepEqual(
    heredocs.map((h) => [h.delimiter, h.quoted, h.text]),
    [
      ['A', false, 'one\n'],
      ['B', true, 'two\n'],
    ],
  );
});

test('<<- strips tabs, and positions and insertions find their way back', () => {
  const script = 'if true; then\n\tkubectl apply -f - <<-EOF\n\tkind: Node\n\t\tspec: x\n\tEOF\nfi\n';
  const heredoc = onlyHeredoc(script);
  assert.equal(heredoc.text, 'kind: Node\nspec: x\n');
  const embedding = heredocEmbedding(script, heredoc);
  assert.equal(embedding.outer(heredoc.text.indexOf('spec')), script.indexOf('spec'));
  assert.equal(embedding.outer(heredoc.text.indexOf('Node')), script.indexOf('Node'));
  assert.equal(embedding.encode('a: 1\nb: $x'), 'a: 1\n\tb: \\$x');
});

test('expansions of an unquoted body are marked, escapes are resolved', () => {
  const heredoc = onlyHeredoc(
    `cat <<EOF\nas: $AS\nhost: $(hostname -s)\nold: \`date\`\nhash: \\$6\\$abc\nv: \${V:-1}\nEOF\n`,
  );
  assert.deepEqual(
    heredoc.expansions.map((span) => heredoc.text.slice(...span)),
    ['$AS', '$(hostname -s)', '`date`', `\${V:-1}`],
  );
  assert.match(heredoc.text, /^hash: \$6\$abc$/m);
  assert.deepEqual(onlyHeredoc("cat <<'EOF'\nas: $AS \\$x\nEOF\n").text, 'as: $AS \\$x\n');
});

test('a here-document that is never closed yields what there is', () => {
  const heredoc = onlyHeredoc('cat <<EOF | kubectl apply -f -\nkind: Pod');
  assert.equal(heredoc.text, 'kind: Pod');
  assert.equal(heredoc.closed, false);
  assert.equal(onlyHeredoc('cat <<EOF').text, '');
});

test('what only looks like a here-document is none', () => {
  assert.equal(
    parseShell('cat <<< "EOF"\necho $((1<<4))\n((x<<2))\n# cat <<EOF\necho "<<EOF" \'<<X\'\n').heredocs.length,
    0,
  );
});

test('Windows line ends close a here-document too', () => {
  const heredoc = onlyHeredoc('cat <<EOF | kubectl apply -f -\r\nkind: Pod\r\nEOF\r\necho hi\r\n');
  assert.equal(heredoc.text, 'kind: Pod\r\n');
  assert.ok(heredoc.closed);
  assert.deepEqual(heredoc.tool, ['kubectl', 'apply', '-f', '-']);
});

test('a substitution holds commands and here-documents of its own', () => {
  const script = 'X=$(cat <<EOF\nin\nEOF\n)\nip route add 10.0.0.0/8 via "$GW" || exit 1\n';
  assert.equal(onlyHeredoc(script).text, 'in\n');
  const all = words(script);
  assert.deepEqual(all[0], ['cat']);
  assert.deepEqual(all.at(-2), ['ip', 'route', 'add', '10.0.0.0/8', 'via', '$GW']);
});

test('a pipe goes on behind the line break, and so does a continued line', () => {
  assert.deepEqual(onlyHeredoc('cat <<EOF |\nx\nEOF\n  calicoctl apply -f -\n').tool, [
    'calicoctl',
    'apply',
    '-f',
    '-',
  ]);
  assert.deepEqual(words('iptables -t nat \\\n  -A POSTROUTING\n'), [['iptables', '-t', 'nat', '-A', 'POSTROUTING']]);
});

test('keywords, prompts and comments are not words of a command', () => {
  assert.deepEqual(words('if ip link; then brctl addbr br0; fi # make\n'), [
    ['ip', 'link'],
    ['brctl', 'addbr', 'br0'],
  ]);
  assert.deepEqual(words('[root@master ~]# ip route\nroot@router:~# vtysh\n$ ls\n'), [
    ['ip', 'route'],
    ['vtysh'],
    ['ls'],
  ]);
});

test('the JSON after -p can be embedded', () => {
  const script = `calicoctl patch bgpconfiguration default -p '{"spec": {"nodeToNodeMeshEnabled": false}}'`;
  const [command] = commandsOf(parseShell(script));
  const json = programWords(command!).at(-1)!;
  assert.deepEqual(JSON.parse(json.text), { spec: { nodeToNodeMeshEnabled: false } });
  const embedding = wordEmbedding(script, json);
  assert.equal(embedding.outer(json.text.indexOf('false')), script.indexOf('false'));
  assert.equal(json.dynamic, false);
});

test('an apostrophe in prose does not swallow the rest', () => {
  assert.equal(onlyHeredoc("don\\'t\ncat <<EOF\nx\nEOF\n").text, 'x\n');
  assert.equal(onlyHeredoc("cat <<EOF\nx\nEOF\nit's\n").text, 'x\n');
});

const pieces = [
  'cat ',
  '<<EOF',
  "<<-'E'",
  '<<"X"',
  '\n',
  'EOF\n',
  '\tE\n',
  'X',
  '$(',
  ')',
  '`',
  '"',
  "'",
  '|',
  '>',
  ' f',
  '\\',
  '#',
  '${',
  '}',
  '$a',
  '((',
  '&',
  ';',
  '\r\n',
  '网',
];

test('whatever is typed, nothing throws and every span stays inside', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string()), { maxLength: 40 }), (parts) => {
      const text = parts.join('');
      const tree = parseShell(text);
      const inside = ([a, b]: readonly [number, number]) =>
        assert.ok(0 <= a && a <= b && b <= text.length, `${a}-${b}`);
      for (const pipeline of tree.pipelines) {
        inside(pipeline.span);
        for (const command of pipeline.commands) {
          inside(command.span);
          for (const redirect of command.redirects) inside(redirect.span);
          for (const word of command.words) {
            inside(word.span);
            for (const s of word.segments) {
              const end = s.outer + (s.width ?? s.length);
              // An escape is its character and the backslash before it.
              assert.equal(word.text.slice(s.inner, s.inner + s.length), text.slice(end - s.length, end));
            }
          }
        }
      }
      for (const heredoc of tree.heredocs) {
        inside(heredoc.body);
        inside(heredoc.operator);
        for (const s of heredoc.segments)
          assert.equal(heredoc.text.slice(s.inner, s.inner + s.length), text.slice(s.outer, s.outer + s.length));
        for (const [, end] of heredoc.expansions) assert.ok(end <= heredoc.text.length);
      }
    }),
    { numRuns: 400 },
  );
});
