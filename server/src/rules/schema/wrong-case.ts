import { defineRule } from '../rule.ts';
import { toldBySchema } from './told.ts';

export default defineRule({
  id: 'schema/wrong-case',
  severity: 'warning',
  docs: {
    summary: { en: 'A field is written in the wrong case.', 'zh-cn': '字段大小写有误。' },
    why: {
      en: 'calicoctl matches keys without regard to case and takes it; the API server does not, and drops the field. The same file does two different things.',
      'zh-cn': 'calicoctl 不区分键的大小写，会接受它；API 服务器区分大小写，会丢弃该字段。同一文件因此产生两种结果。',
    },
    source: 'Go encoding/json matches keys case-insensitively (calico.md P02)',
  },
  yieldsTo: ['yaml/tag-eats-value'],
  document: toldBySchema('schema/wrong-case', 'safe'),
});
