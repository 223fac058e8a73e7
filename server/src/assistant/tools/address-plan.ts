import { addressPlanOf } from '../../engine/address-plan.ts';
import { graphOf, type ShownGraph } from '../../engine/graph.ts';
import { placeOf } from '../paths.ts';
import { isRefusal, SITE, sitesFor } from '../sites.ts';
import type { Asked, AssistantTool } from '../tool.ts';

/** Who has which addresses, what overlaps, what is left. */
export const addressPlan: AssistantTool = {
  name: 'address_plan',
  title: { en: 'Read the address plan', 'zh-cn': '读取地址规划' },
  description:
    'Lists every address range of the network with its owner (pod pools and their blocks, Spiderpool pools, services, node and link subnets, management and office networks), which lies in which, which overlap by mistake, how full pools are, and a free range for one more pool. Use it before choosing a new CIDR.',
  input: { type: 'object', properties: { site: SITE }, additionalProperties: false },
  run({ site }, asked) {
    const sites = sitesFor(asked.engine, site);
    if (isRefusal(sites)) return sites;
    return { answer: { sites: sites.map((one) => planOf(one, asked)) } };
  },
};

function planOf(site: Parameters<typeof graphOf>[1], { engine, language }: Asked) {
  const { nodes, edges, unknown } = graphOf(engine, site, { view: 'addresses', language });
  const labels = new Map(nodes.map(({ id, label }) => [id, label]));
  const within = new Map(edges.filter(({ role }) => role === 'holds').map(({ from, to }) => [to, labels.get(from)]));
  return {
    site: site.name,
    ranges: nodes.map(({ id, label, role, facts, source }: ShownGraph['nodes'][number]) => ({
      range: label,
      role,
      ...Object.fromEntries(facts),
      ...(within.has(id) && { within: within.get(id) }),
      ...(source !== undefined && { at: placeOf(engine.workspace, source) }),
    })),
    overlaps: edges.filter(({ role }) => role === 'overlap').map(({ from, to }) => [labels.get(from), labels.get(to)]),
    pools: addressPlanOf(site).pools.map(({ pool, capacity, nodesKnown }) => ({
      range: pool.cidr.value,
      blocks: Number(capacity.blocks),
      addressesPerBlock: Number(capacity.addressesPerBlock),
      freeBlocks: Number(capacity.freeBlocks),
      ...(nodesKnown && { nodesWithoutBlock: capacity.nodesWithout }),
    })),
    free: addressPlanOf(site).free,
    unknown,
  };
}
