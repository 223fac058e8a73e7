import { driftOf, readCluster } from '../../apply/cluster.ts';
import { managedIn } from '../../apply/journal.ts';
import { shownDrift, shownTargetOf } from '../../apply/shown.ts';
import type { Text } from '../../text.ts';
import { type ClusterOptions, connectFor, journalsFor, withClusterOptions } from '../cluster/options.ts';
import { clusterScope } from '../cluster/scope.ts';
import { asideLines, driftLines, targetLines } from '../cluster/write.ts';
import type { Context, Register } from '../command.ts';
import { refuse } from '../refusal.ts';

interface Options extends ClusterOptions {
  readonly all?: boolean;
}

export const diff: Register = (program, context) => {
  const { say } = context;
  const command = program
    .command('diff')
    .description(say(HELP.diff))
    .argument('[paths...]', say(HELP.paths))
    .option('--all', say(HELP.all));
  withClusterOptions(command, context).action((paths: readonly string[], options: Options) =>
    runDiff(paths, options, context),
  );
};

async function runDiff(paths: readonly string[], options: Options, context: Context): Promise<void> {
  const { terminal } = context;
  const { wanted, aside } = await clusterScope(paths, options, context);
  for (const line of asideLines(aside, context)) terminal.error(`${line}\n`);
  const extent = options.all ? 'everything' : 'these';
  const read = await readCluster(await connectFor(options, context), wanted, extent);
  if ('failure' in read) refuse(read.failure.text);
  const managed = managedIn(await journalsFor(context).list(), read.ok.targets);
  const drift = shownDrift(driftOf(read.ok, extent, managed));
  const targets = Object.values(read.ok.targets).map(shownTargetOf);
  if (options.format === 'json')
    terminal.out(`${JSON.stringify({ version: 1, targets, ...drift, unknownKinds: read.ok.unknownKinds }, null, 2)}\n`);
  else terminal.out(`${[...targetLines(targets, context), ...driftLines(drift, context)].join('\n')}\n`);
  const { added, changed, removed } = drift.counts;
  if (added + changed + removed > 0) context.exitWith(1);
}

const HELP = {
  diff: { en: 'compare files with a cluster', 'zh-cn': '比较文件与集群' },
  paths: { en: 'files or folders (default: this folder)', 'zh-cn': '文件或文件夹（默认为当前文件夹）' },
  all: { en: 'list as well what is only in the cluster', 'zh-cn': '同时列出仅存在于集群的对象' },
} as const satisfies Record<string, Text>;
