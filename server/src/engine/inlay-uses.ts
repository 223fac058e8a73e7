import { POOL_USES } from '../assembly/spiderpool-uses.ts';
import type { KubernetesObject, Resource } from '../model/resource.ts';
import type { Field } from '../syntax/document.ts';
import type { Text } from '../text.ts';
import type { FileState } from '../workspace/file-state.ts';
import type { Site } from '../workspace/site.ts';
import type { InlayHint } from './inlay-hints.ts';

/** By whom what a file defines is used. Nothing is said of what nobody here uses: somebody elsewhere may. */
export function useHints(file: FileState, site: Site): readonly InlayHint[] {
  const objects = file.all.flatMap(({ resources }) => resources as readonly Resource[]) as readonly Named[];
  return objects.flatMap((object): readonly InlayHint[] => {
    const users = usersOf(object, site);
    if (object.name?.value === undefined || users === undefined || users.count === 0) return [];
    const place = object.name.place;
    return [{ place, label: users.count === 1 ? users.one : users.many(users.count) }];
  });
}

/** A resource as far as names go; what is no object of Kubernetes has no namespace. */
type Named = Resource & Partial<Pick<KubernetesObject, 'namespace'>>;

interface Users {
  readonly count: number;
  readonly one: Text;
  readonly many: (count: number) => Text;
}

function usersOf(object: Named, site: Site): Users | undefined {
  const name = object.name?.value;
  const named = (field: Field<string> | undefined): boolean => field?.value === name && name !== undefined;
  switch (object.kind) {
    case 'calico/BGPFilter':
      return peers(site.all('calico/BGPPeer').filter(({ filters }) => filters.some(named)).length);
    case 'kubernetes/Secret':
      // Calico reads passwords in the namespace that it runs in; another Secret of that name is another one.
      return /^(calico|tigera|kube)-/.test(object.namespace?.value ?? '')
        ? peers(site.all('calico/BGPPeer').filter(({ passwordSecret }) => named(passwordSecret)).length)
        : undefined;
    case 'calico/Tier':
      return policies(
        (['calico/NetworkPolicy', 'calico/GlobalNetworkPolicy'] as const)
          .flatMap((kind) => site.all(kind) as readonly { readonly tier?: Field<string> }[])
          .filter(({ tier }) => named(tier)).length,
      );
    case 'spiderpool/SpiderIPPool':
      return workloads(
        new Set(site.derive(POOL_USES).flatMap((use) => (use.name === name && use.by !== undefined ? [use.by] : [])))
          .size,
      );
    default:
      return undefined;
  }
}

function peers(count: number): Users {
  return {
    count,
    one: { en: 'used by 1 peer', 'zh-cn': '1 个对等体使用' },
    many: (many) => ({ en: `used by ${many} peers`, 'zh-cn': `${many} 个对等体使用` }),
  };
}

function policies(count: number): Users {
  return {
    count,
    one: { en: '1 policy', 'zh-cn': '1 条策略' },
    many: (many) => ({ en: `${many} policies`, 'zh-cn': `${many} 条策略` }),
  };
}

function workloads(count: number): Users {
  return {
    count,
    one: { en: 'named by 1 object', 'zh-cn': '1 个对象引用' },
    many: (many) => ({ en: `named by ${many} objects`, 'zh-cn': `${many} 个对象引用` }),
  };
}
