import { findRemoved, newId, planFor, readCluster } from '../../apply/cluster.ts';
import type { Connection } from '../../apply/connect.ts';
import { CALICO_API, calicoKind } from '../../apply/kinds.ts';
import type { ObjectRef } from '../../apply/objects.ts';
import { type Plan, withRemaining } from '../../apply/plan.ts';
import { shownPlan } from '../../apply/shown.ts';
import type { Text } from '../../text.ts';
import { type ClusterOptions, connectFor, withClusterOptions } from '../cluster/options.ts';
import { clusterScope } from '../cluster/scope.ts';
import { asideLines, planLines, targetLines } from '../cluster/write.ts';
import type { Context, Register } from '../command.ts';
import { refuse } from '../refusal.ts';

export interface PlanOptions extends ClusterOptions {
  readonly remove?: readonly string[];
}

export const plan: Register = (program, context) => {
  const { say } = context;
  const command = program
    .command('plan')
    .description(say(HELP.plan))
    .argument('[paths...]', say(HELP.paths))
    .option('--remove <objects...>', say(HELP.remove));
  withClusterOptions(command, context).action(async (paths: readonly string[], options: PlanOptions) => {
    const { made } = await makePlanFor(paths, options, context);
    const shown = shownPlan(made, say);
    const lines = [...targetLines(shown.targets, context), ...planLines(shown, context)];
    context.terminal.out(
      options.format === 'json' ? `${JSON.stringify({ version: 1, ...shown }, null, 2)}\n` : `${lines.join('\n')}\n`,
    );
    if (made.steps.length > 0) context.exitWith(1);
  });
};

/** Reads files and cluster, and plans. */
export async function makePlanFor(
  paths: readonly string[],
  options: PlanOptions,
  context: Context,
): Promise<{ readonly made: Plan; readonly connection: Connection }> {
  const { wanted, aside, around, engine } = await clusterScope(paths, options, context);
  for (const line of asideLines(aside, context)) context.terminal.error(`${line}\n`);
  const connection = await connectFor(options, context);
  const read = await readCluster(connection, wanted, 'network');
  if ('failure' in read) return refuse(read.failure.text);
  const removed = await findRemoved(removedRefs(options.remove ?? []), read.ok, connection);
  if ('failure' in removed) return refuse(removed.failure.text);
  const now = Date.now();
  const made = planFor(read.ok, { id: newId(now), made: now, around, removed: removed.ok });
  const errors = [...new Set(wanted.map(({ file }) => file))]
    .flatMap((file) => engine.diagnose(file))
    .filter(({ severity }) => severity === 'error').length;
  return { made: withRemaining(made, errors), connection };
}

/** Objects that the user wants gone, as `Kind/name` or `Kind/namespace/name`. */
function removedRefs(names: readonly string[]): readonly ObjectRef[] {
  return names.map((name) => {
    const [kind = '', ...rest] = name.split('/');
    const known = calicoKind(CALICO_API, kind);
    const [namespace, own] = rest.length === 2 ? rest : [undefined, rest[0]];
    if (
      known === undefined ||
      own === undefined ||
      own === '' ||
      rest.length > 2 ||
      known.namespaced !== (namespace !== undefined)
    )
      return refuse({
        en: `${JSON.stringify(name)} names no object: write BGPPeer/name, or NetworkPolicy/namespace/name.`,
        'zh-cn': `${JSON.stringify(name)} 不是对象名称：请写成 BGPPeer/名称，或 NetworkPolicy/命名空间/名称。`,
      });
    return { apiVersion: CALICO_API, kind, name: own, ...(namespace !== undefined && { namespace }) };
  });
}

const HELP = {
  plan: { en: 'plan how to make a cluster say what the files say', 'zh-cn': '计划如何让集群与文件一致' },
  paths: { en: 'files or folders (default: this folder)', 'zh-cn': '文件或文件夹（默认为当前文件夹）' },
  remove: { en: 'objects to remove, e.g. BGPPeer/old', 'zh-cn': '要删除的对象，例如 BGPPeer/old' },
} as const satisfies Record<string, Text>;
