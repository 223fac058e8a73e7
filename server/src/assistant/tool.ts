import type { Engine } from '../engine.ts';
import type { Language, Text } from '../text.ts';

/** What a tool takes, as JSON Schema: an object with scalar members, nothing beside them. */
export interface InputSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, Member>>;
  readonly required?: readonly string[];
  readonly additionalProperties: false;
}

export type Member =
  | { readonly type: 'string'; readonly description: string; readonly enum?: readonly string[] }
  | {
      readonly type: 'integer';
      readonly description: string;
      readonly minimum: number;
      readonly maximum: number;
    };

/** A checked input. */
export type Input = Readonly<Record<string, string | number | undefined>>;

/** The network that is asked about, and how to speak of it. */
export interface Asked {
  readonly engine: Engine;
  readonly language: Language;
  /** Whether to stop now and be asked again: then the answer is thrown away. */
  readonly isCancelled: () => boolean;
}

/** What a tool says: a value for a program to read, or one sentence on why there is none. */
export type Answer = { readonly answer: Readonly<Record<string, unknown>> } | { readonly refused: Text };

/**
 * A question that an assistant may ask. It reads the network and changes, starts and contacts nothing, so it may be asked
 * without a person's consent. Descriptions are for a language model, which reads English.
 */
export interface AssistantTool {
  readonly name: string;
  readonly title: Text;
  readonly description: string;
  readonly input: InputSchema;
  run(input: Input, asked: Asked): Answer;
}

export function refused(en: string, chinese: string): Answer {
  return { refused: { en, 'zh-cn': chinese } };
}
