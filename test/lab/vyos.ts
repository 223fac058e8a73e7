/** A node of a VyOS configuration: `neighbor 10.0.0.1 { … }` has two words and children, `remote-as 500` two and none. */
interface Node {
  readonly words: readonly string[];
  readonly children: readonly Node[];
}

/**
 * The FRR configuration that VyOS 1.4 renders from `config.boot`, as far as the scenarios go: it switches RFC 8212, the
 * default family and the import check off, and activates a neighbour only in the families written. Anything else is refused,
 * so that nothing is measured that was not configured.
 */
export function vyosToFrr(text: string): string {
  const tree = parseBoot(text);
  const lines: string[] = [];
  for (const { words, children } of below(tree, 'interfaces')) {
    if (words[0] !== 'ethernet') continue;
    lines.push(`interface ${words[1]}`);
    for (const child of children) if (child.words[0] === 'address') lines.push(` ip address ${child.words[1]}`);
    lines.push('exit');
  }
  const bgp = below(tree, 'protocols', 'bgp');
  lines.push(`router bgp ${wordAfter(bgp, 'system-as')}`);
  lines.push(' no bgp ebgp-requires-policy', ' no bgp default ipv4-unicast', ' no bgp network import-check');
  for (const parameter of below(bgp, 'parameters')) lines.push(...parameterLines(parameter));
  const families = new Map<string, string[]>();
  for (const family of ['ipv4-unicast', 'ipv6-unicast']) {
    const networks = below(bgp, 'address-family', family).filter(({ words }) => words[0] === 'network');
    families.set(
      family,
      networks.map(({ words }) => `  network ${words[1]}`),
    );
  }
  for (const { words, children } of bgp) {
    if (words[0] !== 'neighbor') continue;
    lines.push(` neighbor ${words[1]} remote-as ${wordAfter(children, 'remote-as')}`);
    for (const child of children) {
      if (child.words[0] === 'remote-as' || child.words[0] === 'description') continue;
      if (child.words[0] !== 'address-family') throw new Error(`VyOS: neighbor ${child.words.join(' ')}`);
      for (const family of child.children)
        families.get(family.words[0]!)!.push(...familyLines(words[1]!, family.children));
    }
  }
  for (const [family, content] of families)
    if (content.length > 0)
      lines.push(` address-family ${family.replace('-', ' ')}`, ...content, ' exit-address-family');
  return ['frr defaults traditional', ...lines, 'exit', ''].join('\n');
}

function parameterLines({ words, children }: Node): string[] {
  if (words[0] === 'router-id') return [` bgp router-id ${words[1]}`];
  if (words[0] !== 'bestpath') throw new Error(`VyOS: parameters ${words.join(' ')}`);
  return children.flatMap((child) =>
    child.children.length === 0
      ? [` bgp bestpath ${child.words.join(' ')}`]
      : child.children.map((leaf) => ` bgp bestpath ${child.words[0]} ${leaf.words[0]}`),
  );
}

function familyLines(peer: string, settings: readonly Node[]): string[] {
  const lines = [`  neighbor ${peer} activate`];
  for (const { words, children } of settings) {
    const force = children.some((child) => child.words[0] === 'force') ? ' force' : '';
    if (words[0] === 'nexthop-self') lines.push(`  neighbor ${peer} next-hop-self${force}`);
    else if (words[0] === 'route-reflector-client' || words[0] === 'as-override')
      lines.push(`  neighbor ${peer} ${words[0]}`);
    else if (words[0] === 'allowas-in') lines.push(`  neighbor ${peer} allowas-in ${wordAfter(children, 'number')}`);
    else throw new Error(`VyOS: neighbor ${peer} ${words.join(' ')}`);
  }
  return lines;
}

function parseBoot(text: string): readonly Node[] {
  const tokens = text.match(/\/\/[^\n]*|\/\*[\s\S]*?\*\/|"[^"]*"|[{}]|[^\s{}]+|\n/g) ?? [];
  let at = 0;
  const block = (): Node[] => {
    const nodes: Node[] = [];
    let words: string[] = [];
    while (at < tokens.length) {
      const token = tokens[at++]!;
      if (token.startsWith('//') || token.startsWith('/*')) continue;
      if (token === '{') {
        nodes.push({ words, children: block() });
        words = [];
      } else if (token === '\n' || token === '}') {
        if (words.length > 0) nodes.push({ words, children: [] });
        words = [];
        if (token === '}') return nodes;
      } else words.push(token.replace(/^"|"$/g, ''));
    }
    return nodes;
  };
  return block();
}

function below(nodes: readonly Node[], ...names: string[]): readonly Node[] {
  let found = nodes;
  for (const name of names) found = found.find(({ words }) => words.length === 1 && words[0] === name)?.children ?? [];
  return found;
}

function wordAfter(nodes: readonly Node[], name: string): string {
  const value = nodes.find(({ words }) => words[0] === name)?.words[1];
  if (value === undefined) throw new Error(`VyOS: there is no ${name}.`);
  return value;
}
