import type { Platform } from '../model/router/defaults.ts';
import type { RouterConfig } from '../model/router/router.ts';
import type { Site } from '../workspace/site.ts';

/** What is known of the binary that reads a router's configuration; nothing, where no topology names its image. */
export function platformOf(_site: Site, _router: RouterConfig): Platform {
  return {};
}
