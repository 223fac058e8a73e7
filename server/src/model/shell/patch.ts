import type { Field, Place } from '../../syntax/document.ts';

/** `calicoctl patch KIND NAME -p JSON`, or the same with kubectl: a part of an object that a script changes. */
export interface PatchCommand {
  readonly tool: 'calicoctl' | 'kubectl';
  /** As written: `bgpconfiguration`, `bgpconfig`, `ippools.projectcalico.org` … */
  readonly kind: Field<string>;
  readonly name: Field<string>;
  /** The patch, without its quotes. */
  readonly patch: Field<string>;
  /** `strategic` (kubectl's default), `merge` (calicoctl's) or `json`. */
  readonly type: string;
  readonly place: Place;
}

/** Options that take the next word as their value. */
const VALUED = /^(-n|--namespace|--context|--kubeconfig|-c|--config|--type|-t|-l|--field-manager|-o|--output)$/;

/** Reads a patch that is written out on the command line; undefined for one in a file and for other commands. */
export function readPatch(words: readonly Field<string>[], place: Place): PatchCommand | undefined {
  const tool = words[0]?.value?.replace(/^.*\//, '');
  if (tool !== 'calicoctl' && tool !== 'kubectl') return undefined;
  const verb = words.findIndex(({ value }) => value === 'patch');
  if (verb === -1) return undefined;
  const names: Field<string>[] = [];
  let patch: Field<string> | undefined;
  let type = tool === 'kubectl' ? 'strategic' : 'merge';
  for (let at = verb + 1; at < words.length; at++) {
    const word = words[at]!;
    const option = word.value ?? '';
    if (/^(-p|--patch)$/.test(option)) {
      at += 1;
      patch = words[at];
    } else if (/^(-p|--patch)=/.test(option)) patch = afterEquals(word);
    else if (option.startsWith('--type=')) type = option.slice('--type='.length);
    else if (VALUED.test(option)) {
      at += 1;
      if (option === '--type') type = words[at]?.value ?? type;
    } else if (!option.startsWith('-')) names.push(word);
  }
  const [kind, name] = names.length === 1 ? slashed(names[0]!) : names;
  if (kind === undefined || name === undefined || patch === undefined) return undefined;
  return { tool, kind, name, patch, type, place };
}

/** `ippool/default` is kind and name in one word. */
function slashed(word: Field<string>): readonly Field<string>[] {
  const at = word.value?.indexOf('/') ?? -1;
  if (word.value === undefined || at === -1) return [word];
  return [part(word, 0, at), part(word, at + 1, word.value.length)];
}

function afterEquals(word: Field<string>): Field<string> {
  const value = word.value ?? '';
  return part(word, value.indexOf('=') + 1, value.length);
}

/** A part of a word; its place is right where the word stands without quotes inside. */
function part(word: Field<string>, from: number, to: number): Field<string> {
  const start = word.place.span?.[0] ?? 0;
  return { value: word.value?.slice(from, to), place: { doc: word.place.doc, span: [start + from, start + to] } };
}
