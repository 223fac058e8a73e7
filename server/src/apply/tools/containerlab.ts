import type { Text } from '../../text.ts';
import type { CommandRunner } from '../command-runner.ts';
import { type Failure, failed, garbage, type Outcome, runFailure, unknownFailure } from '../failure.ts';
import { isMapping } from '../objects.ts';

export interface LabNode {
  readonly lab: string;
  readonly name: string;
  readonly kind: string;
  readonly image: string;
  readonly state: string;
  readonly addresses: readonly string[];
  /** The topology that it was deployed from. */
  readonly file: string;
}

/** What containerlab does in a terminal, where it may ask for a password and shows its own progress. */
export type LabAction = 'deploy' | 'redeploy' | 'apply' | 'destroy';

export function isLabAction(given: unknown): given is LabAction {
  return typeof given === 'string' && Object.hasOwn(LAB_WARNINGS, given);
}

/** The words of a command for a terminal: the topology is an absolute path, so it can never be an option. */
export function labCommand(program: string, action: LabAction, topology: string): Outcome<readonly string[]> {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a path with one is refused
  if (!/^([A-Za-z]:)?[\\/]/.test(topology) || /[\u0000-\u001f]/.test(topology))
    return failed('refused', {
      en: 'The topology must be a file on this machine.',
      'zh-cn': '拓扑必须是本机上的文件。',
    });
  if (action === 'redeploy') return { ok: [program, 'deploy', '--reconfigure', '--topo', topology] };
  return { ok: [program, action, '--topo', topology] };
}

/** What an action does to a running lab, said before it is confirmed. */
export const LAB_WARNINGS: Readonly<Record<LabAction, Text>> = {
  deploy: {
    en: 'Starts the containers of this topology and connects them.',
    'zh-cn': '启动此拓扑的容器并连接它们。',
  },
  apply: {
    en: 'Brings the running lab to this topology: nodes and links are added, removed, restarted or made anew where they differ.',
    'zh-cn': '使正在运行的实验环境与此拓扑一致：有差异的节点和链路会被添加、删除、重启或重建。',
  },
  redeploy: {
    en: 'Destroys the running lab and deploys it anew: what was configured by hand inside is gone.',
    'zh-cn': '销毁正在运行的实验环境并重新部署：其中手工所做的配置将丢失。',
  },
  destroy: {
    en: 'Stops and removes the containers of this lab; what was configured by hand inside is gone.',
    'zh-cn': '停止并删除此实验环境的容器；其中手工所做的配置将丢失。',
  },
};

/** `apply` came with 0.77. */
const APPLY_SINCE = [0, 77] as const;

/** The version of containerlab, if it can do this. */
export async function labVersion(
  runner: CommandRunner,
  { program, timeout = 30_000 }: { readonly program: string; readonly timeout?: number },
  action: LabAction,
  signal?: AbortSignal,
): Promise<Outcome<string>> {
  const result = await runner.run({
    program,
    args: ['version'],
    timeout,
    limit: 1024 * 1024,
    ...(signal !== undefined && { signal }),
  });
  const failure = runFailure('containerlab', result, timeout);
  if (failure !== undefined) return { failure };
  if (result.kind !== 'exited' || result.code !== 0) return { failure: garbage('containerlab') };
  const version = /^\s*version:\s*v?(\d+)\.(\d+)(\S*)/m.exec(result.stdout);
  if (version === null) return { failure: garbage('containerlab') };
  const [, major, minor, rest] = version;
  const isOld = Number(major) === APPLY_SINCE[0] && Number(minor) < APPLY_SINCE[1];
  const name = `${major}.${minor}${rest}`;
  return action === 'apply' && isOld
    ? failed('too-old', {
        en: `containerlab ${name} has no \`apply\`; it came with ${APPLY_SINCE.join('.')}. Redeploy instead, or install a newer one.`,
        'zh-cn': `containerlab ${name} 没有 \`apply\`（自 ${APPLY_SINCE.join('.')} 起提供）。请改用重新部署，或安装更新的版本。`,
      })
    : { ok: name };
}

/** The nodes of one topology that have a container, running or not. */
export async function inspectLab(
  runner: CommandRunner,
  settings: { readonly program?: string; readonly timeout?: number },
  topology: string,
  signal?: AbortSignal,
): Promise<Outcome<readonly LabNode[]>> {
  const own = await inspect(runner, settings, ['--topo', topology], signal);
  if ('ok' in own || own.failure.code !== 'not-found') return own;
  // One node of the topology that has no container, be it that it was written since, fails the whole question.
  const all = await inspect(runner, settings, ['--all'], signal);
  return 'failure' in all ? all : { ok: all.ok.filter(({ file }) => file === topology) };
}

async function inspect(
  runner: CommandRunner,
  settings: { readonly program?: string; readonly timeout?: number },
  which: readonly string[],
  signal?: AbortSignal,
): Promise<Outcome<readonly LabNode[]>> {
  const timeout = settings.timeout ?? 30_000;
  const result = await runner.run({
    program: settings.program ?? 'containerlab',
    args: ['inspect', ...which, '--format', 'json'],
    timeout,
    limit: 8 * 1024 * 1024,
    ...(signal !== undefined && { signal }),
  });
  const failure = runFailure('containerlab', result, timeout);
  if (failure !== undefined) return { failure };
  if (result.kind !== 'exited') return { failure: garbage('containerlab') };
  if (result.code !== 0) return { failure: labFailure(result.code, spoken(`${result.stderr}\n${result.stdout}`)) };
  const nodes = labNodes(result.stdout);
  return nodes === undefined ? { failure: garbage('containerlab') } : { ok: nodes };
}

/** What containerlab said last, as one line: without its progress, and without the box that it breaks an error into. */
function spoken(said: string): string {
  return said
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && line !== 'ERROR' && !/^(time=\S+ |\d\d:\d\d:\d\d (DEBU|INFO|WARN) )/.test(line))
    .join(' ');
}

/** containerlab prints `{containers: […]}` before 0.68, and one list a lab since; `{}` for no lab. */
function labNodes(text: string): readonly LabNode[] | undefined {
  if (text.trim() === '') return [];
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isMapping(value)) return Array.isArray(value) && value.length === 0 ? [] : undefined;
  const lists = Object.values(value).filter((list) => Array.isArray(list)) as unknown as (readonly unknown[])[];
  return lists.flat().flatMap((entry) => {
    if (!isMapping(entry) || typeof entry.name !== 'string') return [];
    const word = (key: string): string => (typeof entry[key] === 'string' ? (entry[key] as string) : '');
    const addresses = [word('ipv4_address'), word('ipv6_address')].filter((one) => one !== '' && one !== 'N/A');
    return [
      {
        lab: word('lab_name'),
        name: entry.name,
        kind: word('kind'),
        image: word('image'),
        state: word('state'),
        addresses,
        file: word('absLabPath'),
      },
    ];
  });
}

/** Observed with containerlab 0.79 and Docker 20.10. */
function labFailure(code: number, said: string): Failure {
  if (/Cannot connect to the Docker daemon|docker\.sock: no such file|podman\.sock/i.test(said))
    return {
      code: 'unreachable',
      text: {
        en: 'containerlab cannot reach the container runtime. Is Docker running?',
        'zh-cn': 'containerlab 无法连接容器运行时。Docker 是否在运行？',
      },
    };
  if (/permission denied|must be run as root|requires root|clab_admins/i.test(said))
    return {
      code: 'unauthorised',
      text: {
        en: 'containerlab may not do this: you must be root or in the group clab_admins, and be allowed to use Docker.',
        'zh-cn': 'containerlab 权限不足：需要 root 权限或加入 clab_admins 组，并有权使用 Docker。',
      },
    };
  if (/containers? not found|no running containers|no containers found/i.test(said))
    return {
      code: 'not-found',
      text: { en: 'No container of this lab runs.', 'zh-cn': '此实验环境没有运行中的容器。' },
    };
  return unknownFailure('containerlab', code, said);
}
