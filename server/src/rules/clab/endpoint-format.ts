import { LINK_TYPES, type LinkEndpoint, type TopologyLink } from '../../model/containerlab/link.ts';
import type { Topology } from '../../model/containerlab/topology.ts';
import { nearest } from '../../network/near.ts';
import type { Field, Place } from '../../syntax/document.ts';
import { replaceScalar } from '../../syntax/edit.ts';
import type { Text } from '../../text.ts';
import { defineRule, type Fix, type Report } from '../rule.ts';

export default defineRule({
  id: 'clab/endpoint-format',
  severity: 'error',
  yieldsTo: ['yaml/syntax'],
  docs: {
    summary: {
      en: 'A link is not written the way containerlab reads it: an end without `node:interface`, not two ends, or an unknown type.',
      'zh-cn': '链路的写法 containerlab 无法识别：端点不是 `node:interface`、端点不是两个，或类型未知。',
    },
    why: {
      en: 'A cable has two ends, and an end is a node and one of its interfaces. containerlab stops at the first link that it cannot read.',
      'zh-cn': '一条链路有两端，每一端是节点及其接口。containerlab 遇到第一条无法识别的链路就会停止。',
    },
    source: 'srl-labs/containerlab links/link_brief.go, links/link.go',
  },
  each: {
    'containerlab/Topology'(topology, { report }) {
      for (const link of topology.links) {
        const { typeText, type, form } = link;
        if (form === 'extended' && type === undefined) {
          if (typeText?.value !== undefined) reportType(typeText, report);
          continue;
        }
        checkCount(link, report);
        if (form === 'brief') for (const end of link.endpoints) checkEnd(topology, end, report);
      }
    },
  },
});

function reportType(type: Field<string>, report: Report): void {
  const name = nearest(type.value ?? '', LINK_TYPES);
  report(
    type.place,
    {
      en: `\`${type.value}\` is no type of link. containerlab refuses the topology. It knows ${LINK_TYPES.map((one) => `\`${one}\``).join(', ')}.`,
      'zh-cn': `\`${type.value}\` 不是链路类型，containerlab 会拒绝该拓扑。可用的类型：${LINK_TYPES.map((one) => `\`${one}\``).join('、')}。`,
    },
    { fixes: name === undefined ? [] : [changeTo(type.place, name)] },
  );
}

function checkCount({ form, type, endpointCount, place }: TopologyLink, report: Report): void {
  if (endpointCount === undefined || endpointCount === 2) return;
  if (form === 'extended' && type !== 'veth' && type !== 'veth-stitch') return;
  const path = [...(place.path ?? []), 'endpoints'];
  report({ doc: place.doc, path, part: 'key' }, countMessage(endpointCount));
}

function countMessage(count: number): Text {
  return {
    en: `A link has two ends, and this one has ${count}. containerlab refuses the topology. To join more nodes, plug each into a node of kind \`bridge\`.`,
    'zh-cn': `一条链路有两个端点，此处有 ${count} 个，containerlab 会拒绝该拓扑。要连接多个节点，请将它们各自接到 \`bridge\` 类型的节点。`,
  };
}

function checkEnd(topology: Topology, { text, node, interface: port }: LinkEndpoint, report: Report): void {
  if (text?.value === undefined) return;
  const isEmpty = (field: Field<string> | undefined): boolean => field === undefined || field.value === '';
  if (!isEmpty(node) && !isEmpty(port)) return;
  const repaired = repair(topology, text.value);
  report(
    text.place,
    {
      en: `An end of a link is written \`node:interface\`, and \`${text.value}\` is not. containerlab refuses the topology.`,
      'zh-cn': `链路端点应写作 \`node:interface\`，而 \`${text.value}\` 不是这种形式，containerlab 会拒绝该拓扑。`,
    },
    { fixes: repaired === undefined ? [] : [changeTo(text.place, repaired)] },
  );
}

/** `tor1.eth6` and `tor1 eth6` with the colon where the name of a node ends. */
function repair(topology: Topology, text: string): string | undefined {
  const names = [...topology.nodes.keys()].toSorted((one, other) => other.length - one.length);
  for (const name of names) {
    const rest = text.startsWith(name) ? /^\s*[.;/,\-_|=@ ]\s*([A-Za-z]\S*)$/.exec(text.slice(name.length)) : null;
    if (rest !== null) return `${name}:${rest[1]}`;
  }
  return undefined;
}

function changeTo(place: Place, text: string): Fix {
  return {
    title: { en: `Change to \`${text}\``, 'zh-cn': `改为 \`${text}\`` },
    kind: 'pick',
    edits: () => replaceScalar(place, text),
  };
}
