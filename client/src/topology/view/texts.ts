/** Every sentence of the view, in both languages. */
export const TEXTS = {
  physical: { en: 'Physical', 'zh-cn': '物理' },
  bgp: { en: 'BGP', 'zh-cn': 'BGP' },
  addresses: { en: 'Addresses', 'zh-cn': '地址' },
  views: { en: 'What is shown', 'zh-cn': '显示内容' },
  site: { en: 'Network', 'zh-cn': '网络' },
  search: { en: 'Search', 'zh-cn': '搜索' },
  searchHint: { en: 'Names, addresses, AS numbers, rules', 'zh-cn': '名称、地址、AS 号、规则' },
  filter: { en: 'Show', 'zh-cn': '显示' },
  filterAll: { en: 'Everything', 'zh-cn': '全部' },
  filterFindings: { en: 'What has findings', 'zh-cn': '有问题的部分' },
  filterDown: { en: 'What is down or unknown', 'zh-cn': '未建立或未知的部分' },
  fit: { en: 'Fit', 'zh-cn': '适应窗口' },
  arrange: { en: 'Arrange', 'zh-cn': '重新排列' },
  arrangeHint: { en: 'Forget moved positions and arrange again', 'zh-cn': '忘记手动调整的位置并重新排列' },
  save: { en: 'Export…', 'zh-cn': '导出…' },
  canvas: {
    en: 'Picture of the network. Arrow keys move between elements, Enter opens the source, plus and minus zoom, 0 fits.',
    'zh-cn': '网络图。方向键在元素之间移动，回车打开源文件，加减号缩放，0 适应窗口。',
  },
  list: { en: 'List', 'zh-cn': '列表' },
  details: { en: 'Details', 'zh-cn': '详情' },
  name: { en: 'Name', 'zh-cn': '名称' },
  kind: { en: 'Kind', 'zh-cn': '类型' },
  state: { en: 'State', 'zh-cn': '状态' },
  findings: { en: 'Findings', 'zh-cn': '问题' },
  nothing: { en: 'There is no network to draw here.', 'zh-cn': '这里没有可绘制的网络。' },
  empty: {
    en: 'Nothing of this kind is known yet. The picture appears as you type.',
    'zh-cn': '目前没有这类信息。输入内容后图会随之出现。',
  },
  pick: { en: 'Select something to see what is known of it.', 'zh-cn': '选择一个元素以查看详情。' },
  source: { en: 'Open source', 'zh-cn': '打开源文件' },
  unknown: { en: 'Not known', 'zh-cn': '未知' },
  elsewhere: {
    en: '{0} more findings are about what this picture does not show.',
    'zh-cn': '另有 {0} 个问题涉及此图未画出的内容。',
  },
  path: { en: 'Path', 'zh-cn': '路径' },
  pathTo: { en: 'Route at', 'zh-cn': '查看路由器' },
  pathPrefix: { en: 'Prefix or address', 'zh-cn': '前缀或地址' },
  pathShow: { en: 'Show path', 'zh-cn': '显示路径' },
  pathClear: { en: 'Clear', 'zh-cn': '清除' },
  legend: { en: 'Legend', 'zh-cn': '图例' },
  more: { en: '{0} more', 'zh-cn': '还有 {0} 项' },
  matches: { en: '{0} of {1}', 'zh-cn': '{0} / {1}' },
  counts: { en: 'Nodes: {0}, connections: {1}', 'zh-cn': '{0} 个节点，{1} 条连接' },
  rangeCounts: { en: 'Ranges: {0}, overlaps: {1}', 'zh-cn': '{0} 个地址段，{1} 处重叠' },
  up: { en: 'up', 'zh-cn': '正常' },
  down: { en: 'down', 'zh-cn': '未建立' },
  'role.router': { en: 'router', 'zh-cn': '路由器' },
  'role.reflector': { en: 'route reflector', 'zh-cn': '路由反射器' },
  'role.node': { en: 'Kubernetes node', 'zh-cn': 'Kubernetes 节点' },
  'role.machine': { en: 'machine', 'zh-cn': '主机' },
  'role.bridge': { en: 'bridge', 'zh-cn': '网桥' },
  'role.network': { en: 'shared subnet', 'zh-cn': '共享子网' },
  'role.outside': { en: 'outside of the lab', 'zh-cn': '实验室之外' },
  'role.missing': { en: 'named, not defined', 'zh-cn': '被引用但未定义' },
  'role.mesh': { en: 'full mesh', 'zh-cn': '全互联' },
  'role.pool': { en: 'pods', 'zh-cn': 'Pod 网段' },
  'role.block': { en: 'block of a node', 'zh-cn': '节点的地址块' },
  'role.services': { en: 'services', 'zh-cn': 'Service 网段' },
  'role.subnet': { en: 'nodes and links', 'zh-cn': '节点与链路' },
  'role.management': { en: 'management', 'zh-cn': '管理网络' },
  'role.docker': { en: 'Docker', 'zh-cn': 'Docker' },
  'role.named': { en: 'named network', 'zh-cn': '已命名网络' },
  'role.link': { en: 'link', 'zh-cn': '链路' },
  'role.attachment': { en: 'by address', 'zh-cn': '由地址推断' },
  'role.ebgp': { en: 'eBGP session', 'zh-cn': 'eBGP 会话' },
  'role.ibgp': { en: 'iBGP session', 'zh-cn': 'iBGP 会话' },
  'role.meshEdge': { en: 'member of the mesh', 'zh-cn': '全互联成员' },
  'role.holds': { en: 'holds', 'zh-cn': '包含' },
  'role.overlap': { en: 'overlap', 'zh-cn': '重叠' },
  'role.reflects': { en: 'reflector to client', 'zh-cn': '反射器到客户端' },
} as const;

export type TextName = keyof typeof TEXTS;

/** A text in the language of the page; `{0}` and `{1}` are filled in. */
export function speaker(language: 'en' | 'zh-cn'): (name: TextName, ...values: (string | number)[]) => string {
  return (name, ...values) =>
    TEXTS[name][language].replace(/\{(\d)\}/g, (_, index) => String(values[Number(index)] ?? ''));
}

export type Say = ReturnType<typeof speaker>;

/** What a kind of node or connection is called. */
export function roleName(say: Say, role: string): string {
  const name = `role.${role}`;
  return name in TEXTS ? say(name as TextName) : role;
}
