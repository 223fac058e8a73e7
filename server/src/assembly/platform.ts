import type { Platform } from '../model/router/defaults.ts';
import type { RouterConfig } from '../model/router/router.ts';
import type { Site } from '../workspace/site.ts';
import { HOSTS, type Host } from './hosts.ts';

/** What is known of the binary that reads a router's configuration: the tag of the FRR image that the lab starts it with. */
export function platformOf(site: Site, router: RouterConfig): Platform {
  return platformOfAll(site.derive(HOSTS).ofRouterConfig(router));
}

/** The same for one machine. */
export function platformOfHost(host: Host): Platform {
  return platformOfAll([host]);
}

function platformOfAll(hosts: readonly Host[]): Platform {
  const images = hosts.flatMap((host) => host.labNodes.flatMap((node) => node.settings.image?.value ?? []));
  const versions = new Set(images.map(versionOf));
  const [version] = versions;
  // Two machines with different releases may share one file: then neither is the one.
  return versions.size === 1 && version !== undefined ? { imageVersion: version } : {};
}

function versionOf(image: string): string | undefined {
  return /(?:^|\/)(?:\w+-)?frr(?:outing)?(?:\/frr)?[^:/]*:v?(\d+(?:\.\d+)*)/i.exec(image)?.[1];
}
