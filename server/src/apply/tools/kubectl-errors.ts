import type { Text } from '../../text.ts';
import { type Failure, oneLine, unknownFailure } from '../failure.ts';

/** What kubectl meant by what it printed when it failed. */
export function kubectlFailure(code: number, stdout: string, stderr: string): Failure {
  // Discovery complains once for every API group before the error itself.
  const said = `${stderr}\n${stdout}`
    .split('\n')
    .filter((line) => !/^[EWI]\d{4} /.test(line))
    .join('\n');
  for (const [pattern, failure, text] of ERRORS) {
    const match = pattern.exec(said);
    if (match !== null) return { code: failure, text: text(oneLine(match[1] ?? '')) };
  }
  return unknownFailure('kubectl', code, said);
}

const ERRORS: readonly (readonly [RegExp, Failure['code'], (part: string) => Text])[] = [
  [
    /Unauthorized|must be logged in|is forbidden: User|Forbidden|x509: |tls: /,
    'unauthorised',
    () => ({
      en: 'The cluster does not accept these credentials, or they may not do this.',
      'zh-cn': '集群拒绝了当前凭据，或其权限不足。',
    }),
  ],
  [
    /was refused - did you specify|Unable to connect to the server|i\/o timeout|no such host|no route to host|ServiceUnavailable|the server is currently unable/,
    'unreachable',
    () => ({
      en: 'The API server does not answer. Look at the address in the kubeconfig, and whether this machine gets there.',
      'zh-cn': 'API 服务器没有响应。请检查 kubeconfig 中的地址，以及本机能否访问该地址。',
    }),
  ],
  [
    /context was not found for specified context: (.*)|(?:no configuration has been provided)|error loading config file|stat .*: no such file/,
    'misconfigured',
    (context) => ({
      en: `kubectl does not know which cluster to talk to${context === '' ? '' : `: there is no context ${context}`}. Look at the kubeconfig.`,
      'zh-cn': `kubectl 不知道应连接哪个集群${context === '' ? '' : `：没有上下文 ${context}`}。请检查 kubeconfig。`,
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
      en: 'Somebody else changed this object, or owns a field of it. Plan again.',
      'zh-cn': '有人修改了此对象，或某个字段由他人管理。请重新制定计划。',
    }),
  ],
  [
    /no matches for kind "([^"]+)"|the server doesn't have a resource type "([^"]+)"|no resource type|ensure CRDs are installed/,
    'too-old',
    (kind) => ({
      en: `The cluster does not know the kind ${kind}: its operator is not installed, or is older than the file.`,
      'zh-cn': `集群不认识 ${kind} 类型：相应组件未安装，或版本低于文件要求。`,
    }),
  ],
  [
    /\(NotFound\)|not found/,
    'not-found',
    () => ({ en: 'There is no object of this name in the cluster.', 'zh-cn': '集群中没有此名称的对象。' }),
  ],
  [
    /(?:is invalid: |admission webhook "[^"]*" denied the request: |strict decoding error: |error validating data: |\(BadRequest\): )(.*)/,
    'refused',
    (why) => ({ en: `The cluster refuses the object: ${why}.`, 'zh-cn': `集群拒绝该对象：${why}。` }),
  ],
];
