import type { Text } from '../text.ts';
import type { CommandResult } from './command-runner.ts';

export type FailureCode =
  | 'missing'
  | 'forbidden'
  | 'too-old'
  | 'version-mismatch'
  | 'misconfigured'
  | 'unreachable'
  | 'unauthorised'
  /** The cluster knows who asks, and says no. */
  | 'not-allowed'
  | 'not-found'
  | 'exists'
  | 'conflict'
  | 'refused'
  | 'unsupported'
  | 'locked'
  | 'timeout'
  | 'killed'
  | 'overflow'
  | 'garbage'
  | 'cancelled'
  | 'unknown';

/** Why a tool did not do what it was asked: what happened and what to do, in one or two sentences. */
export interface Failure {
  readonly code: FailureCode;
  readonly text: Text;
  /**
   * Whether the cluster may have been changed all the same. A program that was stopped half-way has perhaps written already.
   */
  readonly unsure?: true;
}

export type Outcome<T> = { readonly ok: T } | { readonly failure: Failure };

export function failed<T>(code: FailureCode, text: Text): Outcome<T> {
  return { failure: { code, text } };
}

const HOW_TO_GET: Readonly<Record<string, Text>> = {
  calicoctl: {
    en: 'Download the release of your cluster from the Calico project (`docs.tigera.io`, “Install calicoctl”)',
    'zh-cn': '请从 Calico 项目下载与集群版本一致的 calicoctl（见 `docs.tigera.io` 的“Install calicoctl”）',
  },
  kubectl: {
    en: 'Install kubectl as kubernetes.io describes',
    'zh-cn': '请按 kubernetes.io 的说明安装 kubectl',
  },
  containerlab: {
    en: 'Install containerlab as containerlab.dev describes',
    'zh-cn': '请按 containerlab.dev 的说明安装 containerlab',
  },
};

/** What went wrong with running the program at all; undefined when it ended by itself. */
export function runFailure(tool: string, result: CommandResult, timeout: number): Failure | undefined {
  const seconds = Math.round(timeout / 1000);
  switch (result.kind) {
    case 'exited':
      // 126, 127: a wrapper script could not start it; above 128: a wrapper tells of a signal.
      if (result.code === 126) return runFailure(tool, { kind: 'forbidden' }, timeout);
      if (result.code === 127) return runFailure(tool, { kind: 'missing' }, timeout);
      if (result.code > 128 && result.code < 160)
        return runFailure(tool, { kind: 'killed', by: SIGNALS[result.code - 128] ?? `${result.code - 128}` }, timeout);
      return undefined;
    case 'missing': {
      const how = HOW_TO_GET[tool] ?? { en: `Install ${tool}`, 'zh-cn': `请安装 ${tool}` };
      return {
        code: 'missing',
        text: {
          en: `${tool} was not found on this machine. ${how.en}, and put it on the PATH or name its path in the settings.`,
          'zh-cn': `本机未找到 ${tool}。${how['zh-cn']}，并将其加入 PATH，或在设置中指定其路径。`,
        },
      };
    }
    case 'forbidden':
      return {
        code: 'forbidden',
        text: {
          en: `${tool} may not be run: the file is not a program, or you have no permission.`,
          'zh-cn': `无法运行 ${tool}：该文件不是可执行程序，或没有权限。`,
        },
      };
    case 'timeout':
      return {
        code: 'timeout',
        unsure: true,
        text: {
          en: `${tool} gave no answer within ${seconds} seconds and was stopped. Is the cluster reachable from here?`,
          'zh-cn': `${tool} 在 ${seconds} 秒内没有响应，已被终止。请确认本机能够访问集群。`,
        },
      };
    case 'overflow':
      return {
        code: 'overflow',
        unsure: true,
        text: {
          en: `${tool} printed more than Selvage takes and was stopped.`,
          'zh-cn': `${tool} 的输出超过上限，已被终止。`,
        },
      };
    case 'killed':
      return {
        code: 'killed',
        unsure: true,
        text: {
          en: `${tool} was ended by the system (${result.by})${result.by === 'SIGKILL' ? '; often memory was short' : ''}.`,
          'zh-cn': `${tool} 被系统终止（${result.by}）${result.by === 'SIGKILL' ? '，通常是内存不足' : ''}。`,
        },
      };
    case 'cancelled':
      return { code: 'cancelled', unsure: true, text: { en: 'Cancelled.', 'zh-cn': '已取消。' } };
  }
}

const SIGNALS: Readonly<Record<number, string>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  6: 'SIGABRT',
  9: 'SIGKILL',
  11: 'SIGSEGV',
  13: 'SIGPIPE',
  15: 'SIGTERM',
};

export function garbage(tool: string): Failure {
  return {
    code: 'garbage',
    text: {
      en: `${tool} answered something that cannot be read as objects. Is it really ${tool}?`,
      'zh-cn': `${tool} 的输出无法解析为对象。请确认它确实是 ${tool}。`,
    },
  };
}

/** What Kubernetes says no to, whichever tool asked. */
export function notAllowed(user: string, verb: string, resource: string, namespace: string | undefined): Text {
  const isAnywhere = namespace === undefined || namespace === '';
  return {
    en: `${user} may not ${verb} ${resource} ${isAnywhere ? 'in this cluster' : `in the namespace ${namespace}`}.`,
    'zh-cn': `${user} 无权${isAnywhere ? '在此集群中' : `在命名空间 ${namespace} 中`} ${verb} ${resource}。`,
  };
}

export function noNamespace(namespace: string): Text {
  return {
    en: `There is no namespace ${namespace} in the cluster. Create it, or put it into the files.`,
    'zh-cn': `集群中没有命名空间 ${namespace}。请先创建它，或将其写入文件。`,
  };
}

/** What a tool said without the lines that Kubernetes' client libraries put before it. */
export function withoutNotes(said: string): string {
  return said
    .split('\n')
    .filter((line) => !/^[EWIF]\d{4} /.test(line))
    .join('\n');
}

/** What a tool said that nobody here knows, made fit to be shown: one line, without control characters, without secrets. */
export function unknownFailure(tool: string, code: number, said: string): Failure {
  const line = oneLine(said);
  const quoted = line === '' ? '' : `: “${line}”`;
  return {
    code: 'unknown',
    unsure: true,
    text: {
      en: `${tool} failed (exit code ${code})${quoted}.`,
      'zh-cn': `${tool} 失败（退出码 ${code}）${quoted}。`,
    },
  };
}

const LONGEST = 240;

/** The first line that says something, bounded and redacted. */
export function oneLine(said: string): string {
  const line =
    said
      .slice(0, 20_000)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
      .replace(/\u001b\[[0-9;]*[A-Za-z]|[\u0000-\u0009\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, ' ')
      .split('\n')
      .map((part) => part.trim())
      .find((part) => part !== '') ?? '';
  const redacted = redact(line);
  return redacted.length > LONGEST ? `${redacted.slice(0, LONGEST)}…` : redacted;
}

/** Takes out what looks like a credential: user information in addresses, bearer tokens, `password=…`, keys. */
export function redact(text: string): string {
  return text
    .replace(/-----BEGIN [A-Z ]+-----[\s\S]*?(-----END [A-Z ]+-----|$)/g, '…')
    .replace(/(\w+:\/\/)[^/@\s"]+@/g, '$1…@')
    .replace(/\b(Bearer|Basic)\s+[\w.~+/=-]{4,}/gi, '$1 …')
    .replace(
      /\b([\w-]*(?:password|passwd|token|secret|api[-_]?key))(["']?\s*[:=]\s*)(?!\s)("[^"]*"|'[^']*'|[^\s,;&]+)/gi,
      '$1$2…',
    )
    .replace(/\beyJ[\w-]{10,}\.[\w-]+\.[\w-]*/g, '…');
}
