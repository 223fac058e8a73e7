import type { Text } from '../text.ts';

/** A command cannot be carried out as it was given: one sentence for the user, and exit code 2. */
export class Refusal extends Error {
  readonly sentence: Text;

  constructor(sentence: Text) {
    super(sentence.en);
    this.sentence = sentence;
  }
}

export function refuse(sentence: Text): never {
  throw new Refusal(sentence);
}
