import type { Field } from '../../syntax/document.ts';
import type { Reader } from '../reader.ts';
import { present } from '../resource.ts';
import { type ExecLine, readExecLine } from './exec.ts';

/** `create`, `create-links`, `configure`, `healthy` or `exit`. */
export interface Stage {
  readonly name: Field<string>;
  readonly waitFor: readonly WaitFor[];
  readonly exec: readonly StageExec[];
}

export interface WaitFor {
  readonly node?: Field<string>;
  readonly stage?: Field<string>;
}

export interface StageExec {
  readonly command: ExecLine;
  /** `container` (default) or `host`. */
  readonly target?: Field<string>;
  /** `on-enter` (default) or `on-exit`. */
  readonly phase?: Field<string>;
}

export function readStages(stages: Reader): readonly Stage[] {
  return stages.entries().map(({ key, value }) => ({
    name: key,
    waitFor: value
      .items('wait-for')
      .map((item) => present<WaitFor>({ node: item.string('node'), stage: item.string('stage') })),
    exec: value.items('exec').flatMap((item) => {
      const command = readExecLine(item.at('command'));
      return command === undefined
        ? []
        : [present<StageExec>({ command, target: item.string('target'), phase: item.string('phase') })];
    }),
  }));
}
