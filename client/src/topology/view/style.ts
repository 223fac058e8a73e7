import type { StylesheetJson } from 'cytoscape';
import { roleColour, type Theme } from './theme.ts';

const NODE_ROLES = [
  'router',
  'reflector',
  'node',
  'machine',
  'bridge',
  'network',
  'outside',
  'missing',
  'mesh',
  'pool',
  'block',
  'services',
  'subnet',
  'management',
  'docker',
  'named',
];
const EDGE_ROLES = ['link', 'attachment', 'ebgp', 'ibgp', 'mesh', 'holds', 'overlap'];

/** How the picture looks in a theme. States differ by line and mark, too, for those who do not see colours. */
export function styleFor(theme: Theme): StylesheetJson {
  const fill = theme.isHighContrast ? theme.background : theme.panel;
  return [
    {
      selector: 'node',
      style: {
        shape: 'round-rectangle',
        width: 'data(width)',
        height: 'data(height)',
        'background-color': fill,
        'border-width': 1.5,
        'border-color': theme.faint,
        label: 'data(text)',
        color: theme.foreground,
        'font-family': theme.font,
        'font-size': 11.5,
        'line-height': 1.25,
        'text-wrap': 'wrap',
        'text-valign': 'center',
        'text-halign': 'center',
        'min-zoomed-font-size': 5,
      },
    },
    ...NODE_ROLES.map((role) => ({
      selector: `node[role="${role}"]`,
      style: { 'border-color': roleColour(theme, role) },
    })),
    { selector: 'node[role="bridge"], node[role="network"]', style: { 'corner-radius': '14px' } },
    { selector: 'node[role="missing"]', style: { 'border-style': 'dashed' } },
    { selector: 'node[role="mesh"]', style: { shape: 'ellipse' } },
    {
      selector: 'node[gauge]',
      style: {
        'background-fill': 'linear-gradient',
        'background-gradient-direction': 'to-right',
        'background-gradient-stop-colors': 'data(gaugeColours)' as never,
        'background-gradient-stop-positions': 'data(gaugeStops)' as never,
      },
    },
    {
      selector: 'node[badge]',
      style: {
        'background-image': 'data(badge)',
        'background-width': 14,
        'background-height': 14,
        'background-position-x': '100%',
        'background-position-y': '0%',
        'background-offset-x': -2,
        'background-offset-y': 2,
        'background-image-containment': 'over',
      } as never,
    },
    {
      selector: ':parent',
      style: {
        'background-color': theme.foreground,
        'background-opacity': theme.isHighContrast ? 0 : 0.035,
        'border-color': theme.line,
        'border-width': 1,
        'border-style': 'solid',
        'text-valign': 'top',
        'text-halign': 'center',
        'text-margin-y': -2,
        'font-size': 11,
        'font-weight': 'bold',
        color: theme.faint,
        padding: '15px',
        'compound-sizing-wrt-labels': 'exclude',
      } as never,
    },
    {
      selector: 'edge',
      style: {
        width: 1.4,
        'line-color': theme.faint,
        'curve-style': 'bezier',
        'control-point-step-size': 46,
        label: 'data(text)',
        color: theme.foreground,
        'font-family': theme.font,
        'font-size': 9.5,
        'min-zoomed-font-size': 7,
        'text-background-color': theme.background,
        'text-background-opacity': 0.85,
        'text-background-padding': '1px',
      },
    },
    ...EDGE_ROLES.map((role) => ({
      selector: `edge[role="${role}"]`,
      style: { 'line-color': roleColour(theme, role) },
    })),
    {
      selector: 'edge[role="holds"]',
      style: {
        'curve-style': 'taxi',
        'taxi-direction': 'rightward',
        'taxi-turn': '28px',
        'line-color': theme.line,
      } as never,
    },
    {
      selector: 'edge[role="overlap"]',
      style: {
        'curve-style': 'unbundled-bezier',
        'control-point-distances': 'data(bulge)',
        'control-point-weights': 0.5,
        'source-endpoint': '90deg',
        'target-endpoint': '90deg',
      } as never,
    },
    { selector: 'edge[role="attachment"]', style: { 'line-style': 'dashed' } },
    {
      selector: 'edge[?reflects]',
      style: { 'target-arrow-shape': 'triangle', 'target-arrow-color': theme.purple, 'arrow-scale': 0.8 },
    },
    {
      selector: 'edge[state="down"]',
      style: { 'line-color': theme.error, 'line-style': 'dashed', color: theme.error, width: 2 },
    },
    { selector: 'edge[state="unknown"]', style: { 'line-color': theme.warning, 'line-style': 'dotted', width: 2 } },
    {
      selector: 'edge[mark]',
      style: { 'underlay-color': 'data(mark)', 'underlay-opacity': 0.3, 'underlay-padding': 4 } as never,
    },
    {
      selector: 'edge.ends',
      style: {
        'source-label': 'data(nearShort)',
        'target-label': 'data(farShort)',
        'source-text-offset': 24,
        'target-text-offset': 24,
      },
    },
    {
      selector: 'edge.told',
      style: {
        'source-label': 'data(near)',
        'target-label': 'data(far)',
        'source-text-offset': 34,
        'target-text-offset': 34,
        'text-wrap': 'wrap',
        'z-index': 8,
      },
    },
    { selector: '.quiet', style: { opacity: 0.16, 'text-opacity': 0.3 } },
    { selector: '.hidden', style: { display: 'none' } },
    { selector: '.fresh', style: { 'overlay-color': theme.focus, 'overlay-opacity': 0.16, 'overlay-padding': 4 } },
    {
      selector: 'node.found',
      style: { 'underlay-color': theme.warning, 'underlay-opacity': 0.45, 'underlay-padding': 6 } as never,
    },
    { selector: 'node.onpath', style: { 'border-width': 3.5, 'border-color': theme.focus } },
    {
      selector: 'edge.onpath',
      style: { width: 4, 'line-color': theme.focus, 'z-index': 9, 'target-arrow-shape': 'none' },
    },
    { selector: 'edge.stop', style: { width: 4, 'line-color': theme.error, 'line-style': 'dashed', 'z-index': 9 } },
    { selector: 'node.stop', style: { 'border-width': 3.5, 'border-color': theme.error } },
    {
      selector: 'node:selected, node.cursor',
      style: {
        'border-width': 3,
        'border-color': theme.focus,
        'underlay-color': theme.focus,
        'underlay-opacity': 0.25,
        'underlay-padding': 5,
      } as never,
    },
    { selector: 'edge:selected, edge.cursor', style: { width: 4, 'line-color': theme.focus, 'z-index': 10 } },
    {
      selector: 'core',
      style: {
        'active-bg-opacity': 0,
        'selection-box-color': theme.focus,
        'outside-texture-bg-color': theme.background,
      } as never,
    },
  ] as StylesheetJson;
}

/** A round mark with the number of findings, as a picture that needs nothing from elsewhere. */
export function badge(theme: Theme, severity: 'error' | 'warning' | 'information' | 'hint', count: number): string {
  const colour = { error: theme.error, warning: theme.warning, information: theme.information, hint: theme.faint }[
    severity
  ];
  const shape =
    severity === 'warning'
      ? '<path d="M10 1L19 18H1Z" '
      : severity === 'error'
        ? '<circle cx="10" cy="10" r="9" '
        : '<rect x="1" y="1" width="18" height="18" rx="4" ';
  const text = count > 9 ? '9+' : String(count);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40" viewBox="0 0 20 20">${shape} fill="${colour}" stroke="${theme.background}" stroke-width="1.2"/><text x="10" y="${severity === 'warning' ? 16 : 14}" font-family="sans-serif" font-weight="bold" font-size="${text.length > 1 ? 9 : 11.5}" text-anchor="middle" fill="${theme.isDark ? '#000' : '#fff'}">${text}</text></svg>`;
  return `data:image/svg+xml;utf8,${encodeURIComponent(svg)}`;
}
