import { URI } from 'vscode-uri';
import { inspectLab, isLabAction, LAB_WARNINGS, labCommand, labVersion } from '../../apply/tools/containerlab.ts';
import type { Text } from '../../text.ts';
import type { Session } from '../session.ts';
import type { Answer } from './commands.ts';
import { type ClusterHost, clusterSettings } from './surroundings.ts';

/** The commands about labs: the running nodes of a topology, and what to run in a terminal to change them. */
export function labCommands(session: Session, host: ClusterHost) {
  const say = (text: Text): string => text[session.client.language];
  const fail = (text: Text): Answer => ({ failure: say(text) });
  const runner = host.machine.runner;

  /** The path of the topology; undefined for a file that is none, or is not on this machine. */
  function topologyIn(given: unknown): string | undefined {
    const uri = (given as { uri?: unknown } | null)?.uri;
    if (typeof uri !== 'string' || !uri.startsWith('file:')) return undefined;
    const file = session.workspace.file(session.uris.known(uri));
    const isTopology = file?.all.some(({ resources }) =>
      resources.some(({ kind }) => kind === 'containerlab/Topology'),
    );
    return isTopology ? URI.parse(uri).fsPath : undefined;
  }

  return {
    /** The words to start in a terminal and what they do; nothing is started here but `containerlab version`. */
    async terminal(given: unknown, signal: AbortSignal): Promise<Answer> {
      const topology = topologyIn(given);
      const action = (given as { action?: unknown } | null)?.action;
      if (topology === undefined || !isLabAction(action)) return fail(NO_TOPOLOGY);
      const { containerlab: program = 'containerlab' } = await clusterSettings(session);
      const version = await labVersion(runner, { program }, action, signal);
      if ('failure' in version) return fail(version.failure.text);
      const words = labCommand(program, action, topology);
      return 'failure' in words
        ? fail(words.failure.text)
        : { words: words.ok, warning: say(LAB_WARNINGS[action]), version: version.ok };
    },

    async nodes(given: unknown, signal: AbortSignal): Promise<Answer> {
      const topology = topologyIn(given);
      if (topology === undefined) return fail(NO_TOPOLOGY);
      const { containerlab: program = 'containerlab' } = await clusterSettings(session);
      const found = await inspectLab(runner, { program }, topology, signal);
      return 'failure' in found ? fail(found.failure.text) : { nodes: found.ok };
    },
  };
}

const NO_TOPOLOGY: Text = {
  en: 'This is not a containerlab topology on this machine. Save it first.',
  'zh-cn': '这不是本机上的 containerlab 拓扑。请先保存。',
};
