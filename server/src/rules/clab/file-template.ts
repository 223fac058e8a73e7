/**
 * What a new file begins with, by the path it is mounted to or by its own: enough for its daemon to start, and nothing that
 * would have to be undone.
 */
export function fileTemplate(path: string, destination = path): string {
  const name = lastPart(destination);
  const exact = TEMPLATES[name];
  if (exact !== undefined) return exact;
  if (/\.(boot)$/.test(path) || name === 'config.boot') return VYOS;
  if (/\.(sh|bash)$/.test(path)) return '#!/bin/sh\nset -eu\n';
  if (/(^|[./])env$/.test(path)) return '# NAME=value\n';
  if (/\.json$/.test(path)) return '{}\n';
  return '';
}

const VYOS = ['interfaces {', '    loopback lo {', '    }', '}', ''].join('\n');

const TEMPLATES: Readonly<Record<string, string>> = {
  'frr.conf': ['frr defaults traditional', 'service integrated-vtysh-config', '!', ''].join('\n'),
  daemons: [
    'zebra=yes',
    'bgpd=yes',
    'staticd=yes',
    'vtysh_enable=yes',
    'zebra_options="  -A 127.0.0.1 -s 90000000"',
    'bgpd_options="   -A 127.0.0.1"',
    '',
  ].join('\n'),
  'vtysh.conf': 'service integrated-vtysh-config\n',
  hosts: '127.0.0.1 localhost\n',
  'resolv.conf': 'nameserver 127.0.0.11\n',
};

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
