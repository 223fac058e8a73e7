import { defineRule } from '../rule.ts';
import { toldBySchema } from './told.ts';

export default defineRule({
  id: 'schema/version',
  severity: 'warning',
  docs: {
    summary: {
      en: 'A kind or field does not exist in the Calico release of this site.',
      'zh-cn': '该类型或字段在本站点的 Calico 版本中不存在。',
    },
    why: {
      en: 'An older release drops the field or refuses the object; a feature that you count on is not there.',
      'zh-cn': '旧版本会丢弃该字段或拒绝对象；您所依赖的功能并不存在。',
    },
    source: 'fields compared over Calico’s releases (calico.md §1)',
  },
  yieldsTo: ['yaml/tag-eats-value'],
  document: toldBySchema('schema/version', 'pick'),
});
