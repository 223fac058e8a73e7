import { driftOf, type Extent, findRemoved, newId, planFor, readCluster } from '../../apply/cluster.ts';
import { type Connection as Cluster, connect } from '../../apply/connect.ts';
import { textOf } from '../../apply/diff.ts';
import { type Applied, applyPlan, resume, type Workbench } from '../../apply/execute.ts';
import { readInventory } from '../../apply/inventory.ts';
import { inState, isInterrupted, type Journal, managedIn, touched } from '../../apply/journal.ts';
import { authored } from '../../apply/normalise.ts';
import { refOf, shownRef } from '../../apply/objects.ts';
import { type Plan, withRemaining } from '../../apply/plan.ts';
import { planRollback } from '../../apply/rollback.ts';
import { shownDrift, shownJournal, shownPlan, shownTargetOf, shownTexts } from '../../apply/shown.ts';
import { targetName } from '../../apply/tool.ts';
import { linesOf, rangeAt } from '../../engine/lines.ts';
import type { Text } from '../../text.ts';
import type { Session } from '../session.ts';
import { deadMan } from './dead-man.ts';
import { labCommands } from './lab.ts';
import type { LiveReading } from './live.ts';
import { takeOver } from './open-applies.ts';
import { questionFrom, refFrom, refsFrom, select } from './selection.ts';
import { type ClusterHost, clusterSettings } from './surroundings.ts';

/** What a command answers: a value of its own, or one sentence why not. */
export type Answer = { readonly failure: string } | Readonly<Record<string, unknown>>;

/** How far an apply is, told to the editor. */
export interface Progress {
  readonly signal: AbortSignal;
  readonly tell: (done: number, of: number, object: string) => void;
}

export interface Commands {
  readonly run: (command: string, args: readonly unknown[], progress: Progress) => Promise<Answer>;
  readonly dispose: () => void;
}

/** Plans that are remembered until they are applied; what is applied is what was shown. */
const REMEMBERED = 20;

/** The commands `selvage.cluster.*` behind `workspace/executeCommand`. */
export function clusterCommands(session: Session, host: ClusterHost, live: LiveReading): Commands {
  const { journals } = host;
  const plans = new Map<string, { readonly plan: Plan; readonly rollbackOf?: string }>();
  const timers = deadMan();
  const say = (text: Text): string => text[session.client.language];
  const fail = (text: Text): Answer => ({ failure: say(text) });
  const cluster = async (): Promise<Cluster> => connect(host.machine, await clusterSettings(session));
  const bench = (tools: Cluster['tools'], progress?: Progress): Workbench => ({
    tools,
    journals,
    now: Date.now,
    ...(progress !== undefined && {
      signal: progress.signal,
      progress: ({ steps }: Journal, done: number) =>
        progress.tell(done, steps.length, steps[done] === undefined ? '' : shownRef(steps[done].ref)),
    }),
  });
  const remember = (plan: Plan, rollbackOf?: string): Answer => {
    plans.set(plan.id, { plan, ...(rollbackOf !== undefined && { rollbackOf }) });
    if (plans.size > REMEMBERED) plans.delete(plans.keys().next().value!);
    return { plan: shownPlan(plan, say) };
  };
  const labs = labCommands(session, host);
  const shownFile = (uri: string): string => session.uris.shown(uri);

  async function diff(given: unknown, { signal }: Progress): Promise<Answer> {
    const question = questionFrom(given);
    const selection = select(session, question);
    if ('en' in selection) return fail(selection);
    const extent: Extent = question.all ? 'everything' : 'these';
    const read = await readCluster(await cluster(), selection.wanted, extent, signal);
    if ('failure' in read) return fail(read.failure.text);
    const drift = driftOf(read.ok, extent, managedIn(await journals.list(), read.ok.targets));
    return {
      at: Date.now(),
      targets: Object.values(read.ok.targets).map(shownTargetOf),
      ...shownDrift(drift),
      texts: drift.differences
        .filter(({ status }) => status !== 'same')
        .map((difference) => ({ object: shownRef(difference.ref), ...shownTexts(difference) })),
      places: read.ok.wanted.map(({ ref, file, offset }) => ({
        object: shownRef(ref),
        uri: shownFile(file),
        offset,
      })),
      aside: selection.aside.map(({ name, reason }) => `${name}: ${say(reason)}`),
    };
  }

  async function plan(given: unknown, { signal }: Progress): Promise<Answer> {
    const question = questionFrom(given);
    const refs = refsFrom((given as { remove?: unknown } | null)?.remove);
    const selection = select(session, question);
    if ('en' in selection) return fail(selection);
    const { around } = selection;
    // What is to go is named; what the files want is then another question.
    const wanted = refs.length > 0 ? [] : selection.wanted;
    const link = await cluster();
    const read = await readCluster(link, wanted, 'network', signal);
    if ('failure' in read) return fail(read.failure.text);
    const removed = await findRemoved(refs, read.ok, link);
    if ('failure' in removed) return fail(removed.failure.text);
    const made = Date.now();
    const found = [...new Set(wanted.map(({ file }) => file))].flatMap((file) => session.engine.diagnose(file));
    return remember(
      withRemaining(
        planFor(read.ok, { id: newId(made), made, around, removed: removed.ok }),
        found.filter(({ severity }) => severity === 'error').length,
      ),
    );
  }

  async function apply(given: unknown, progress: Progress): Promise<Answer> {
    const { plan: id, accepted, confirmWithin } = (given ?? {}) as Record<string, unknown>;
    const known = typeof id === 'string' ? plans.get(id) : undefined;
    if (known === undefined) return fail(NO_PLAN);
    if (!isAccepted(known.plan, accepted)) return fail(NOT_ACCEPTED);
    plans.delete(known.plan.id);
    const own = bench((await cluster()).tools, progress);
    const minutes = typeof confirmWithin === 'number' && confirmWithin > 0 && confirmWithin <= 1440 ? confirmWithin : 0;
    const result = await applyPlan(known.plan, own, {
      ...(minutes > 0 && { confirmWithin: minutes * 60_000 }),
      ...(known.rollbackOf !== undefined && { rollbackOf: known.rollbackOf }),
    });
    live.forget();
    if (result.kind === 'applied' && result.journal.state === 'unconfirmed') arm(result.journal);
    return outcome(result);
  }

  /** Rolls back when nobody confirms in time; the editor is told. */
  function arm(journal: Journal): void {
    timers.arm(journal.id, (journal.deadline ?? 0) - Date.now(), async () => {
      const now = await journals.read(journal.id);
      if (now?.state !== 'unconfirmed') return;
      const result = await takeBack(now).catch((error: Error): Answer => ({ failure: error.message }));
      void session.connection.sendNotification('selvage/rolledBack', { journal: now.id, ...result, apply: now.id });
    });
  }

  async function takeBack(journal: Journal): Promise<Answer> {
    const link = await cluster();
    const own = bench(link.tools);
    const planned = await planRollback(journal, own, { id: newId(Date.now()), connection: link });
    if ('failure' in planned) return fail(planned.failure.text);
    return outcome(await applyPlan(planned.ok.plan, own, { rollbackOf: journal.id }));
  }

  function outcome(result: Applied): Answer {
    if (result.kind === 'refused') return { kind: 'refused', sentences: result.reasons.map(say) };
    const { journal } = result;
    const shown = shownJournal(journal, 'not');
    if (result.kind === 'stopped') return { kind: 'stopped', sentences: result.reasons.map(say), journal: shown };
    const { verdict, remarks } = result.verification;
    return { kind: 'applied', verdict, sentences: [say(VERDICTS[verdict]), ...remarks.map(say)], journal: shown };
  }

  async function applies(): Promise<Answer> {
    const all = await journals.list();
    return {
      applies: all.slice(0, 30).map((journal) => ({
        ...shownJournal(journal, isInterrupted(journal, journals) ? 'interrupted' : 'not'),
        canRollBack: journal.state !== 'rolled-back' && touched(journal).length > 0,
      })),
    };
  }

  /** Takes over the countdown of a window that was closed; tells of those that ran out meanwhile. */
  async function watch(): Promise<Answer> {
    const { taken, overdue } = await takeOver(journals, Date.now());
    for (const journal of taken) arm(journal);
    const interrupted = (await journals.list()).filter((journal) => isInterrupted(journal, journals));
    return {
      waiting: taken.map((journal) => shownJournal(journal, 'not')),
      overdue: overdue.map((journal) => shownJournal(journal, 'not')),
      interrupted: interrupted.map((journal) => shownJournal(journal, 'interrupted')),
    };
  }

  async function rollback(given: unknown, progress: Progress): Promise<Answer> {
    const journal = await journalFrom(given);
    if (journal === undefined) return fail(NO_APPLY);
    if (journal.state === 'running' && !isInterrupted(journal, journals)) return fail(RUNNING);
    const link = await cluster();
    const planned = await planRollback(journal, bench(link.tools, progress), {
      id: newId(Date.now()),
      connection: link,
    });
    return 'failure' in planned ? fail(planned.failure.text) : remember(planned.ok.plan, journal.id);
  }

  async function goOn(given: unknown, progress: Progress): Promise<Answer> {
    const journal = await journalFrom(given);
    return journal === undefined
      ? fail(NO_APPLY)
      : outcome(await resume(journal, bench((await cluster()).tools, progress)));
  }

  async function confirm(given: unknown): Promise<Answer> {
    const journal = await journalFrom(given);
    if (journal?.state !== 'unconfirmed') return fail(NO_APPLY);
    timers.disarm(journal.id);
    await journals.write(inState(journal, 'done', Date.now()));
    return { confirmed: true };
  }

  async function journalFrom(given: unknown): Promise<Journal | undefined> {
    const id = (given as { journal?: unknown } | null)?.journal;
    return typeof id === 'string' ? journals.read(id) : undefined;
  }

  /** The cluster's object as text for the file that names it, and the place of its document there. */
  async function pull(given: unknown, { signal }: Progress): Promise<Answer> {
    const question = questionFrom(given);
    const ref = refFrom((given as { object?: unknown } | null)?.object);
    const selection = select(session, question);
    if ('en' in selection) return fail(selection);
    const wanted = selection.wanted[0];
    if (ref === undefined || wanted === undefined) return fail(NO_OBJECT);
    const tool = (await cluster()).tools[wanted.tool];
    const found = await tool!.get(ref, signal);
    if ('failure' in found) return fail(found.failure.text);
    if (found.ok === undefined) return fail(NOT_THERE);
    const file = session.workspace.file(wanted.file);
    const state = file?.documents.find(({ doc }) => doc.base === wanted.offset && doc.format === 'yaml');
    if (file === undefined || state === undefined || state.resources.length !== 1) return fail(NOT_ALONE);
    const text = textOf(authored(found.ok));
    const start = state.doc.base;
    const own = state.doc.text;
    const head = /^(?:\s*(?:---[^\n]*)?\n)*/.exec(own)?.[0].length ?? 0;
    const separator = own.startsWith('---') ? own.slice(0, own.indexOf('\n') + 1) : '';
    const from = start + (separator === '' ? head : separator.length);
    return {
      uri: shownFile(file.uri),
      range: rangeAt(linesOf(file.uri, file.text), [from, start + own.trimEnd().length]),
      text: text.trimEnd(),
    };
  }

  /** Everything that the cluster holds of a network, as one file that rules and completion can read offline. */
  async function snapshot({ signal }: Progress): Promise<Answer> {
    const read = await readInventory(await cluster(), new Date(), signal);
    if ('failure' in read) return fail(read.failure.text);
    const { text, objects, target, remarks } = read.ok;
    return { text, objects, target: shownTargetOf(target), remarks: remarks.map(say) };
  }

  const COMMANDS: Readonly<Record<string, (given: unknown, progress: Progress) => Promise<Answer>>> = {
    diff,
    plan,
    apply,
    applies,
    rollback,
    resume: goOn,
    confirm,
    pull,
    watch,
    snapshot: (_, progress) => snapshot(progress),
    lab: (given, { signal }) => labs.terminal(given, signal),
    labNodes: (given, { signal }) => labs.nodes(given, signal),
    live: async (_, { signal }) => {
      const { at, sessions, pools, remarks } = await live.refresh(signal);
      const up = sessions.filter(({ isUp }) => isUp).length;
      return { at, sessions: sessions.length, up, pools: pools.length, remarks: remarks.map(say) };
    },
    objects: async (given) => {
      const selection = select(session, questionFrom(given));
      if ('en' in selection) return fail(selection);
      return {
        objects: selection.wanted.map(({ ref, object, file, offset }) => ({
          object: shownRef(refOf(object)),
          ref,
          uri: shownFile(file),
          offset,
        })),
      };
    },
  };

  return {
    run: async (command, args, progress) => {
      const handler = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
      return handler === undefined ? fail(NO_PLAN) : handler(args[0], progress);
    },
    dispose: timers.dispose,
  };
}

export const CLUSTER_COMMANDS = [
  'diff',
  'plan',
  'apply',
  'applies',
  'rollback',
  'resume',
  'confirm',
  'pull',
  'snapshot',
  'objects',
  'watch',
  'lab',
  'labNodes',
  'live',
].map((name) => `selvage.cluster.${name}`);

/** Green asks nothing, amber wants `yes`, red the name of the target or of every red object. */
function isAccepted(plan: Plan, accepted: unknown): boolean {
  if (plan.risk === 'green') return true;
  if (typeof accepted !== 'string') return false;
  if (plan.risk === 'amber' && accepted === 'yes') return true;
  const red = plan.steps.filter(({ risk }) => risk === 'red').map(({ ref }) => ref.name);
  return (
    Object.values(plan.targets).some((target) => targetName(target) === accepted) ||
    (red.length > 0 && red.every((name) => name === accepted))
  );
}

const NO_PLAN: Text = {
  en: 'There is no such plan any more. Plan again.',
  'zh-cn': '该计划已不存在。请重新制定计划。',
};
const NOT_ACCEPTED: Text = {
  en: 'Nothing was changed: the plan was not accepted.',
  'zh-cn': '未做任何更改：计划未被接受。',
};
const NO_APPLY: Text = { en: 'There is no such apply.', 'zh-cn': '没有这样的应用记录。' };
const RUNNING: Text = { en: 'This apply is still running.', 'zh-cn': '此次应用仍在进行。' };
const NO_OBJECT: Text = { en: 'There is no such object in this file.', 'zh-cn': '此文件中没有该对象。' };
const NOT_THERE: Text = { en: 'The cluster has no such object.', 'zh-cn': '集群中没有该对象。' };
const NOT_ALONE: Text = {
  en: 'The object does not stand alone in a YAML document, so it cannot be exchanged in the file.',
  'zh-cn': '该对象不是单独的 YAML 文档，无法在文件中替换。',
};
const VERDICTS = {
  'as-planned': { en: 'Applied, and the cluster is as planned.', 'zh-cn': '已应用，集群与计划一致。' },
  different: { en: 'Applied, but the cluster is not as planned.', 'zh-cn': '已应用，但集群与计划不同。' },
  inconclusive: {
    en: 'Applied, but whether the cluster is as planned could not be read.',
    'zh-cn': '已应用，但无法读取集群以确认是否与计划一致。',
  },
} as const satisfies Record<string, Text>;
