import { defineRule } from '../rule.ts';
import { toldBySchema } from './told.ts';

export default defineRule({
  id: 'schema/constraint',
  severity: 'error',
  docs: {
    summary: {
      en: 'A value breaks a rule of the object’s schema: a range, a length, a pattern, or fields that exclude each other.',
      'zh-cn': '值违反了对象 schema 的规则：范围、长度、格式或互斥字段。',
    },
    why: {
      en: 'The API server or calicoctl refuses the object, so the change never reaches the network.',
      'zh-cn': 'API 服务器或 calicoctl 会拒绝该对象，更改永远不会生效。',
    },
    source: 'CEL rules of the CRDs and calicoctl’s validator (calico.md §2)',
  },
  yieldsTo: ['yaml/tag-eats-value'],
  document: toldBySchema('schema/constraint', 'pick'),
});
