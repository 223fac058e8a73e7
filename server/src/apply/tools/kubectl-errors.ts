import type { Text } from '../../text.ts';
import { type Failure, noNamespace, notAllowed, oneLine, unknownFailure, withoutNotes } from '../failure.ts';

/** What kubectl meant by what it printed when it failed. */
export function kubectlFailure(code: number, stdout: string, stderr: string): Failure {
  // Discovery complains once for every API group before the error itself.
  const said = withoutNotes(`${stderr}\n${stdout}`);
  for (const [pattern, failure, text] of ERRORS) {
    const match = pattern.exec(said);
    if (match === null) continue;
    const parts = match.slice(1).map((part) => (part === undefined ? undefined : oneLine(part)));
    return { code: failure, text: text(...parts) };
  }
  return unknownFailure('kubectl', code, said);
}

/** Whose fields an object would overwrite, as server-side apply tells it. */
export function fieldConflicts(
  stderr: string,
): readonly { readonly manager: string; readonly fields: readonly string[] }[] {
  const found: { readonly manager: string; readonly fields: string[] }[] = [];
  if (!/Apply failed with \d+ conflict/.test(stderr)) return found;
  for (const line of stderr.split('\n')) {
    const manager = /conflicts? with "([^"]+)"/.exec(line)?.[1];
    if (manager !== undefined) found.push({ manager: oneLine(manager), fields: [] });
    const field = /(?:^- |: )\.(\S+)$/.exec(line)?.[1];
    if (field !== undefined) found.at(-1)?.fields.push(oneLine(field));
  }
  return found;
}

type Parts = readonly (string | undefined)[];

/**
 * The first that matches decides. Observed with kubectl 1.33 and 1.36 on an API server 1.36: “Forbidden” is said of missing rights,
 * and as well of quotas and of namespaces that are on their way out; “NotFound” of objects and of the namespace they want.
 */
const ERRORS: readonly (readonly [RegExp, Failure['code'], (...parts: Parts) => Text])[] = [
  [
    /Please enter (?:Username|Password)/,
    'unauthorised',
    () => ({
      en: 'The kubeconfig has no credentials for this context. Log in to the cluster first.',
      'zh-cn': 'kubeconfig 中没有此上下文的凭据。请先登录集群。',
    }),
  ],
  [
    /x509: |certificate signed by|tls: /,
    'unauthorised',
    () => ({
      en: 'The certificate of the API server, or the one shown to it, is not trusted. Look at the certificates in the kubeconfig.',
      'zh-cn': 'API 服务器的证书或客户端证书不受信任。请检查 kubeconfig 中的证书。',
    }),
  ],
  [
    /\(Unauthorized\)|Unauthorized$|must be logged in/m,
    'unauthorised',
    () => ({
      en: 'The cluster does not accept these credentials. Look at the user of this context; a token may have run out.',
      'zh-cn': '集群拒绝了当前凭据。请检查此上下文的用户；令牌可能已过期。',
    }),
  ],
  [
    /User "([^"]*)" cannot (\w+) resource "([^"]*)"(?: in API group "[^"]*")?(?: in the namespace "([^"]*)")?/,
    'not-allowed',
    (user, verb, resource, namespace) => notAllowed(user!, verb!, resource!, namespace),
  ],
  [
    /failed calling webhook "([^"]*)"/,
    'unreachable',
    (name) => ({
      en: `The webhook ${name} of the cluster, which must be asked first, does not answer. Is its controller running?`,
      'zh-cn': `集群的 webhook ${name} 没有响应，而写入前必须经过它。请检查对应的控制器是否在运行。`,
    }),
  ],
  [
    /admission webhook "[^"]*" denied the request: (.*)|denied request: (.*)|is forbidden: (.*)/,
    'refused',
    (...why) => refused(why.find((part) => part !== undefined) ?? ''),
  ],
  [
    /The connection to the server localhost:8080 was refused|no configuration has been provided/,
    'misconfigured',
    () => ({
      en: 'kubectl does not know which cluster to talk to: there is no kubeconfig, or it names no cluster.',
      'zh-cn': 'kubectl 不知道应连接哪个集群：没有 kubeconfig，或其中没有集群。',
    }),
  ],
  [
    /context was not found for specified context: (.*)|context "([^"]*)" does not exist/,
    'misconfigured',
    (...names) => {
      const context = names.find((name) => name !== undefined) ?? '';
      return {
        en: `kubectl does not know which cluster to talk to: there is no context ${context} in the kubeconfig.`,
        'zh-cn': `kubectl 不知道应连接哪个集群：kubeconfig 中没有上下文 ${context}。`,
      };
    },
  ],
  [
    /error loading config file "([^"]*)"|^error: stat (.*): (?:no such file|permission denied)|open ([^\s:]*): permission denied/m,
    'misconfigured',
    (...files) => {
      const file = files.find((name) => name !== undefined) ?? '';
      return { en: `The kubeconfig ${file} cannot be read.`, 'zh-cn': `无法读取 kubeconfig ${file}。` };
    },
  ],
  [
    /was refused - did you specify|Unable to connect to the server|i\/o timeout|TLS handshake timeout|Client\.Timeout|context deadline exceeded|no such host|no route to host|network is unreachable|ServiceUnavailable|the server is currently unable|unexpected EOF|connection reset/,
    'unreachable',
    () => ({
      en: 'The API server does not answer. Look at the address in the kubeconfig, and whether this machine gets there.',
      'zh-cn': 'API 服务器没有响应。请检查 kubeconfig 中的地址，以及本机能否访问该地址。',
    }),
  ],
  [
    /AlreadyExists|already exists/,
    'exists',
    () => ({
      en: 'An object of this name exists already; it was not there when the plan was made.',
      'zh-cn': '同名对象已存在；制定计划时它还不存在。',
    }),
  ],
  [
    /\(Conflict\)|the object has been modified|Apply failed with \d+ conflict/,
    'conflict',
    () => ({
      en: 'Somebody changed this object after the plan was made. Plan again.',
      'zh-cn': '制定计划之后，有人修改了此对象。请重新制定计划。',
    }),
  ],
  [
    /no matches for kind "([^"]+)"|the server doesn't have a resource type "([^"]+)"|the server could not find the requested resource()/,
    'too-old',
    (...kinds) => {
      const kind = kinds.find((name) => name !== undefined) ?? '';
      return {
        en: `The cluster does not know the kind${kind === '' ? '' : ` ${kind}`} in this version: its operator is not installed, or is older or newer than the file.`,
        'zh-cn': `集群不认识此版本的${kind === '' ? '该' : ` ${kind} `}类型：相应组件未安装，或其版本与文件不符。`,
      };
    },
  ],
  [/namespaces "([^"]+)" not found/, 'not-found', (namespace) => noNamespace(namespace!)],
  [
    /\(NotFound\)|" not found/,
    'not-found',
    () => ({ en: 'There is no object of this name in the cluster.', 'zh-cn': '集群中没有此名称的对象。' }),
  ],
  [
    /(?:is invalid: |strict decoding error: |error validating data: |failed to create typed patch object \([^)]*\): |\(BadRequest\): )(.*)/,
    'refused',
    (why) => refused(why ?? ''),
  ],
];

function refused(why: string): Text {
  // Go's way to print a value that a schema did not want.
  const told = why.replace(/&\{([^}]*)\}/g, '$1').replace(/\.$/, '');
  return { en: `The cluster refuses the object: ${told}.`, 'zh-cn': `集群拒绝该对象：${told}。` };
}
