import type { Text } from '../text.ts';
import type { Connection } from './connect.ts';
import { textOf } from './diff.ts';
import type { Outcome } from './failure.ts';
import { CALICO_KINDS, WORKLOAD_ENDPOINT } from './kinds.ts';
import { authored } from './normalise.ts';
import type { ApiObject } from './objects.ts';
import { shownTarget, type Target } from './tool.ts';

/** What a cluster held at one moment, for rules and completion to read without it. */
export interface Inventory {
  readonly text: string;
  readonly objects: number;
  readonly target: Target;
  /** What is not in it, and why. */
  readonly remarks: readonly Text[];
}

/** Kinds of Kubernetes that a network needs to know of. Never a Secret. */
const KUBERNETES = [
  'Namespace',
  'ServiceCIDR',
  'NetworkAttachmentDefinition',
  'SpiderCoordinator',
  'SpiderIPPool',
  'SpiderMultusConfig',
  'SpiderReservedIP',
  'SpiderSubnet',
];

/** A file that is larger is not read (workspace/formats.ts); Pods are what can be done without. */
const LARGEST = 3_500_000;

/** Reads the inventory of a cluster. `when` is told in it. */
export async function readInventory(
  { calicoctl, kubectl, isKubernetes }: Connection,
  when: Date,
  signal?: AbortSignal,
): Promise<Outcome<Inventory>> {
  const target = await calicoctl.target(signal);
  if ('failure' in target) return target;
  const kinds = [...CALICO_KINDS, WORKLOAD_ENDPOINT].map(({ kind }) => kind);
  const listed = await calicoctl.list(kinds, signal);
  if ('failure' in listed) return listed;
  const others = isKubernetes ? await kubectl.list(KUBERNETES, signal) : undefined;
  const remarks: Text[] = others !== undefined && 'failure' in others ? [others.failure.text] : [];
  const objects = [...listed.ok.objects, ...(others !== undefined && 'ok' in others ? others.ok.objects : [])];
  const head = headOf(target.ok, when);
  const whole = head + textsOf(objects);
  if (whole.length <= LARGEST) return { ok: { text: whole, objects: objects.length, target: target.ok, remarks } };
  const few = objects.filter(({ kind }) => kind !== WORKLOAD_ENDPOINT.kind);
  return {
    ok: { text: head + textsOf(few), objects: few.length, target: target.ok, remarks: [...remarks, WITHOUT_PODS] },
  };
}

/** The first line is what the file is known by: its objects are in the cluster and nobody wants to apply them. */
function headOf(target: Target, when: Date): string {
  return `# selvage: inventory of ${shownTarget(target).replace(/\s+/g, ' ')}, read ${when.toISOString()}
# What the cluster held then, for rules and completion. It is never applied or checked, and what other files say of an object wins.
`;
}

function textsOf(objects: readonly ApiObject[]): string {
  return objects.map((object) => `---\n${textOf(authored(object))}`).join('');
}

const WITHOUT_PODS: Text = {
  en: 'There are too many pods for one file; they are left out.',
  'zh-cn': 'Pod 过多，无法写入一个文件，已略过。',
};
