import type { Text } from '../../text.ts';
import { type Failure, noNamespace, notAllowed, oneLine, redact, unknownFailure, withoutNotes } from '../failure.ts';

/** What calicoctl meant by what it printed when it failed. It writes most errors to stderr, those of its configuration to stdout. */
export function calicoctlFailure(code: number, stdout: string, stderr: string): Failure {
  // Its Kubernetes client notes the server's warnings before the error itself.
  const said = withoutNotes(`${stderr}\n${stdout}`);
  for (const { pattern, failure } of ERRORS) {
    const match = pattern.exec(said);
    if (match !== null) return failure(match.map((part) => (part === undefined ? '' : shown(part))));
  }
  return unknownFailure('calicoctl', code, said);
}

/** A list of fields keeps its lines; everything else is one. */
function shown(part: string): string {
  return part.startsWith('-  ') ? redact(part).slice(0, 2000) : oneLine(part);
}

interface Known {
  readonly pattern: RegExp;
  readonly failure: (match: readonly string[]) => Failure;
}

const known = (code: Failure['code'], pattern: RegExp, text: (match: readonly string[]) => Text): Known => ({
  pattern,
  failure: (match) => ({ code, text: text(match) }),
});

/** The first that matches decides: an unreachable server is told inside many other sentences. */
const ERRORS: readonly Known[] = [
  known(
    'version-mismatch',
    /version mismatch\.\s*Client Version:\s*(\S*)\s*Cluster Version:\s*(\S+)/,
    ([, client, cluster]) => ({
      en: `calicoctl is ${client === '' || client === 'Cluster' ? 'of no known version' : client}, the cluster runs ${cluster}. Use the calicoctl of that release; Selvage never switches the check off by itself.`,
      'zh-cn': `calicoctl 版本为 ${client === '' || client === 'Cluster' ? '未知' : client}，集群运行的是 ${cluster}。请使用对应版本的 calicoctl；Selvage 不会自行关闭此项检查。`,
    }),
  ),
  known('unsupported', /Calico process is not running|must be run as root|Need super user privileges/, () => ({
    en: 'This machine is not a running Calico node, or you are not root there, so `calicoctl node status` knows no session. CalicoNodeStatus objects tell them from anywhere.',
    'zh-cn':
      '本机不是正在运行的 Calico 节点，或当前不是 root，`calicoctl node status` 无法得知会话。可以用 CalicoNodeStatus 对象从任何地方读取。',
  })),
  known('misconfigured', /Error reading config file: (.*)/, ([, file]) => ({
    en: `The calicoctl configuration ${file} cannot be read.`,
    'zh-cn': `无法读取 calicoctl 配置文件 ${file}。`,
  })),
  known(
    'not-allowed',
    /User "([^"]*)" cannot (\w+) resource "([^"]*)"(?: in API group "[^"]*")?(?: in the namespace "([^"]*)")?/,
    ([, user, verb, resource, namespace]) => notAllowed(user!, verb!, resource!, namespace),
  ),
  known(
    'unauthorised',
    /connection is unauthorized|etcdserver: (?:permission denied|user name is empty|authentication failed|invalid auth token)|Unauthorized\b|is forbidden: User|x509: |tls: |bad certificate/,
    () => ({
      en: 'The cluster does not accept these credentials. Look at the certificates, user or token that calicoctl is given, and at what they may do.',
      'zh-cn': '集群拒绝了当前凭据。请检查 calicoctl 使用的证书、用户或令牌及其权限。',
    }),
  ),
  known(
    'unreachable',
    /connection refused|context deadline exceeded|no such host|i\/o timeout|no route to host|network is unreachable|connection reset|ServiceUnavailable|the server is currently unable|error creating etcd client|dial tcp|EOF$/m,
    () => ({
      en: 'The datastore does not answer. Look at the address that calicoctl is given, and whether this machine gets there.',
      'zh-cn': '数据存储没有响应。请检查 calicoctl 使用的地址，以及本机能否访问该地址。',
    }),
  ),
  known(
    'misconfigured',
    /no configuration has been provided|invalid configuration|unknown datastore type|context "[^"]*" does not exist|failed to load client config|Failed to create Calico API client: (.*)|could not (?:load|read) (?:kubeconfig|config)|CalicoAPIConfig|cannot be read - reading config|stat .*: no such file/,
    ([, reason]) => ({
      en: `calicoctl does not know which cluster to talk to${reason ? `: ${reason}` : ''}. Name a configuration file, or set DATASTORE_TYPE and ETCD_ENDPOINTS or KUBECONFIG.`,
      'zh-cn': `calicoctl 不知道应连接哪个集群${reason ? `：${reason}` : ''}。请指定配置文件，或设置 DATASTORE_TYPE 与 ETCD_ENDPOINTS 或 KUBECONFIG。`,
    }),
  ),
  known('locked', /datastore is locked|Datastore is (?:not ready|locked)/i, () => ({
    en: 'The datastore is locked (a migration or an IPAM split is under way). Nothing can be written until it is unlocked.',
    'zh-cn': '数据存储已锁定（正在迁移或拆分 IPAM）。解锁之前无法写入。',
  })),
  known('exists', /resource already exists/, () => ({
    en: 'An object of this name exists already; it was not there when the plan was made.',
    'zh-cn': '同名对象已存在；制定计划时它还不存在。',
  })),
  known(
    'conflict',
    /update conflict|resource version '[^']*' is out of date|the object has been modified|Operation cannot be fulfilled/,
    () => ({
      en: 'Somebody changed this object after the plan was made. Plan again.',
      'zh-cn': '制定计划之后，有人修改了此对象。请重新制定计划。',
    }),
  ),
  known('too-old', /the server could not find the requested resource/, () => ({
    en: 'This cluster does not have Calico’s kinds: Calico is not installed there, or keeps them in another API group than this calicoctl looks in.',
    'zh-cn': '此集群没有 Calico 的资源类型：未安装 Calico，或其 API 组与此 calicoctl 使用的不同。',
  })),
  known('not-found', /namespaces "([^"]+)" not found/, ([, namespace]) => noNamespace(namespace!)),
  known('unsupported', /malformed WorkloadEndpoint name/, () => ({
    en: 'Calico does not delete nodes here: Kubernetes owns them.',
    'zh-cn': 'Calico 不能在此删除节点：节点由 Kubernetes 管理。',
  })),
  known('not-found', /resource does not exist/, () => ({
    en: 'There is no object of this name in the cluster.',
    'zh-cn': '集群中没有此名称的对象。',
  })),
  known('unsupported', /operation (.{1,40}?) is not supported on ([^\s:;\]]+)/i, ([, operation, on]) => ({
    en: `This datastore does not take \`${operation}\` on ${on}: Kubernetes owns that object, or it is read only.`,
    'zh-cn': `此数据存储不支持对 ${on} 执行 \`${operation}\`：该对象由 Kubernetes 管理，或为只读。`,
  })),
  known(
    'too-old',
    /[uU]nknown resource type \(?(\S+?)\)?(?: and\/or version|$| |\.)|resource type '(\S+)' is not (?:supported|recogni[sz]ed)/m,
    ([, one, other]) => ({
      en: `This calicoctl does not know the kind ${one || other}: it is older than the file, or the kind is written wrongly.`,
      'zh-cn': `此 calicoctl 不认识 ${one || other} 类型：它的版本低于文件要求，或类型书写有误。`,
    }),
  ),
  known('refused', /field in document is not recognized or is in the wrong location: ([^\s,;\]]+)/, ([, field]) => ({
    en: `calicoctl does not know the field \`${field}\` there.`,
    'zh-cn': `calicoctl 不认识此处的字段 \`${field}\`。`,
  })),
  known('refused', /error with field (\S+) = '(.*?)' \((?:Reason: )?(.*)\)\]?\s*$/m, ([, field, value, reason]) => ({
    en: `calicoctl refuses \`${field}\` = \`${value}\` (${reason}).`,
    'zh-cn': `calicoctl 拒绝 \`${field}\` = \`${value}\`（${reason}）。`,
  })),
  {
    pattern: /error with the following fields:\s*\n((?:-.*\n?)+)/,
    failure: ([, fields]) => {
      const listed = [...fields!.matchAll(/-\s+(\S+) = '(.*?)'/g)].map(
        ([, field, value]) => `\`${field}\` = \`${value}\``,
      );
      return {
        code: 'refused',
        text: {
          en: `calicoctl refuses ${listed.join(', ')}.`,
          'zh-cn': `calicoctl 拒绝 ${listed.join('、')}。`,
        },
      };
    },
  },
  known(
    'refused',
    /cannot parse (?:string|number|value) '?([^']*)'? into field (\S+) of type (\S+)/,
    ([, value, field, type]) => ({
      en: `calicoctl refuses \`${field}\` = \`${value}\`: it wants ${type}.`,
      'zh-cn': `calicoctl 拒绝 \`${field}\` = \`${value}\`：需要 ${type} 类型。`,
    }),
  ),
  known(
    'refused',
    /(?:error parsing document: |is invalid: |Invalid value: |cannot unmarshal |error unmarshaling JSON|namespace should not be specified|strict decoding error).*/,
    ([whole]) => ({
      en: `calicoctl refuses the object: ${whole}.`,
      'zh-cn': `calicoctl 拒绝该对象：${whole}。`,
    }),
  ),
];
