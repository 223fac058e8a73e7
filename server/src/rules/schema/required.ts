import { defineRule } from '../rule.ts';
import { toldBySchema } from './told.ts';

export default defineRule({
  id: 'schema/required',
  severity: 'error',
  docs: {
    summary: { en: 'A required field is missing.', 'zh-cn': '缺少必填字段。' },
    why: {
      en: 'The object is refused, and everything that refers to it finds nothing.',
      'zh-cn': '对象会被拒绝，引用它的一切都找不到目标。',
    },
    source: 'CRD schemas',
  },
  yieldsTo: ['yaml/tag-eats-value'],
  document: toldBySchema('schema/required', 'pick'),
});
