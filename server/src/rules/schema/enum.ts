import { defineRule } from '../rule.ts';
import { toldBySchema } from './told.ts';

export default defineRule({
  id: 'schema/enum',
  severity: 'error',
  docs: {
    summary: { en: 'A value is not one of those allowed.', 'zh-cn': '值不在允许的范围内。' },
    why: {
      en: 'The object is refused. Older spellings such as `always` or `cross-subnet` are no longer taken.',
      'zh-cn': '对象会被拒绝。旧写法（如 `always`、`cross-subnet`）已不再接受。',
    },
    source: 'CRD schemas; calico.md I12',
  },
  yieldsTo: ['yaml/tag-eats-value'],
  document: toldBySchema('schema/enum', 'pick'),
});
