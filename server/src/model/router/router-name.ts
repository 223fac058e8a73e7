import type { RouterConfig } from './router.ts';

/** Files that FRR and VyOS always call the same, so that only their folder tells whose they are. */
const FIXED_NAME =
  /^((frr|zebra|mgmtd|staticd|bgpd|ospfd|ospf6d|isisd|ripd|ripngd|eigrpd|ldpd|pimd|pim6d|bfdd|pathd|pbrd|fabricd|vrrpd|nhrpd|babeld|sharpd|vtysh|bird6?)\.conf|config\.boot)$/;

/** Files of single daemons, which together are one router's configuration. */
export function isDaemonFile(uri: string): boolean {
  const file = lastPart(uri);
  return FIXED_NAME.test(file) && !/^(frr|bird6?)\.conf$|^config\.boot$/.test(file);
}

/** What a router is called: by its host name, else by its folder (`leaf0/frr.conf`), else by its file (`leaf0.conf`). */
export function routerName({ hostname, software, doc }: RouterConfig): string {
  // The name that every VyOS has until somebody changes it.
  const isDefault = software === 'vyos' && hostname?.value === 'vyos';
  if (hostname?.value !== undefined && !isDefault) return hostname.value;
  const file = lastPart(doc.file);
  return FIXED_NAME.test(file)
    ? lastPart(doc.file.slice(0, doc.file.length - file.length - 1))
    : file.replace(/\.[^.]+$/, '');
}

function lastPart(uri: string): string {
  const part = uri.slice(uri.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
