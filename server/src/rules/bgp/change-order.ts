import { APPLY_STEPS } from '../../assembly/apply-steps.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'bgp/change-order',
  severity: 'warning',
  docs: {
    summary: {
      en: 'The steps switch the mesh off before the peers that replace it exist.',
      'zh-cn': '操作步骤先关闭了全互联，之后才创建取代它的对等体。',
    },
    why: {
      en: 'From that step until the peers are there and their sessions up, no node has a session: pods on different nodes lose each other. Where the later step fails, it stays so.',
      'zh-cn':
        '从这一步起，直到对等体创建完成且会话建立之前，所有节点都没有会话：不同节点上的 Pod 彼此失联。若后续步骤失败，这一状态会一直持续。',
    },
    source: 'observed on BIRD (lab C9); spiderpool.md S21',
  },
  check({ site, report }) {
    for (const steps of site.derive(APPLY_STEPS)) {
      const off = steps.findIndex(({ does }) => does === 'mesh off');
      const peers = steps.findIndex(({ does }) => does === 'peer');
      const first = steps[peers];
      if (off === -1 || first === undefined || peers < off) continue;
      const step = steps[off]!;
      const where = first.doc.file === step.doc.file ? '' : site.pathOf(first.doc.file);
      report(
        step.place,
        {
          en: `This switches the mesh off, and the peers that replace it come later${where === '' ? '' : ` (${where})`}: in between no node has a session, and pods on different nodes lose each other. Create the peers first and switch the mesh off last.`,
          'zh-cn': `此处关闭了全互联，而取代它的对等体之后才创建${where === '' ? '' : `（${where}）`}：其间所有节点都没有会话，不同节点上的 Pod 彼此失联。请先创建对等体，最后再关闭全互联。`,
        },
        {
          related: [
            {
              place: first.place,
              message: { en: 'The first peer comes here.', 'zh-cn': '第一个对等体在此处创建。' },
            },
          ],
        },
      );
    }
  },
});
