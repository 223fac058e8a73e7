import type { Field } from '../../syntax/document.ts';
import { listedParts, partOf, rawText, splitSpans, trimmed } from '../part.ts';
import type { Reader } from '../reader.ts';

/** `key=value` inside a list such as `rack=rack0,zone=a`, each side a field of its own. */
export interface KubeletLabel {
  readonly key: Field<string>;
  readonly value: Field<string>;
}

/** Arguments that kubeadm hands to the kubelet: a mapping up to v1beta3, a list of names and values from v1beta4 on. */
export interface KubeletArguments {
  readonly all: ReadonlyMap<string, Field<string>>;
  /** Addresses of `node-ip`, one of each family at most. */
  readonly nodeIPs: readonly Field<string>[];
  /** Labels of `node-labels`. */
  readonly nodeLabels: readonly KubeletLabel[];
}

export function readKubeletArguments(args: Reader): KubeletArguments {
  const readers = argumentReaders(args);
  const all = new Map<string, Field<string>>();
  for (const [name, value] of readers) {
    const text = value.string();
    if (text !== undefined) all.set(name, text);
  }
  const last = (name: string): Reader | undefined => readers.findLast(([key]) => key === name)?.[1];
  const nodeIP = last('node-ip');
  const labels = last('node-labels');
  return {
    all,
    nodeIPs: nodeIP === undefined ? [] : listedParts(nodeIP, ','),
    nodeLabels: labels === undefined ? [] : readLabels(labels),
  };
}

function argumentReaders(args: Reader): readonly (readonly [string, Reader])[] {
  if (args.node?.kind === 'sequence')
    return args.items().flatMap((item) => {
      const name = item.string('name')?.value;
      return name === undefined ? [] : [[name, item.at('value')] as const];
    });
  return args.entries().flatMap(({ key, value }) => (key.value === undefined ? [] : [[key.value, value] as const]));
}

function readLabels(reader: Reader): readonly KubeletLabel[] {
  const text = rawText(reader) ?? '';
  return splitSpans(text, ',', Number.POSITIVE_INFINITY).flatMap((span) => {
    const [start, end] = trimmed(text, span);
    if (end === start) return [];
    const equals = text.indexOf('=', start);
    const middle = equals === -1 || equals >= end ? end : equals;
    return [{ key: partOf(reader, [start, middle]), value: partOf(reader, [Math.min(middle + 1, end), end]) }];
  });
}
