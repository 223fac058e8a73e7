import type { Problem } from './span.ts';
import type { Scalar } from './tree.ts';

/** A mapping's key that stood in it before. */
export function duplicateKey(key: Scalar): Problem {
  return {
    span: key.span,
    code: 'yaml/duplicate-key',
    message: {
      en: `The key \`${key.text}\` stands twice in this mapping. calicoctl and the API server refuse the object, or silently keep only the last one. Remove or rename one of them.`,
      'zh-cn': `键 \`${key.text}\` 在同一映射中出现了两次。calicoctl 与 API 服务器会拒绝该对象，或悄悄只保留最后一个。请删除或重命名其中之一。`,
    },
  };
}
