import { defineRule } from '../rule.ts';
import { toldBySchema } from './told.ts';

export default defineRule({
  id: 'schema/unknown-field',
  severity: 'error',
  docs: {
    summary: { en: 'A field is not in the object’s schema.', 'zh-cn': '字段不在对象的 schema 中。' },
    why: {
      en: 'calicoctl refuses the object; the API server drops the field without a word, and what it was to change stays as it was.',
      'zh-cn': 'calicoctl 会拒绝该对象；API 服务器则悄悄丢弃该字段，它本应更改的内容保持原样。',
    },
    source: 'strict decoding in calicoctl (calico.md P02); structural schemas of the CRDs',
  },
  yieldsTo: ['yaml/tag-eats-value', 'spiderpool/removed'],
  document: toldBySchema('schema/unknown-field', 'pick'),
});
