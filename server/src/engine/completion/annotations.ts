import type { Family } from '../../network/address.ts';
import type { Site } from '../../workspace/site.ts';
import { attachmentNames, calicoPoolNames, spiderPoolNames, spiderSubnetNames } from './names.ts';
import type { Asked, NetworkValue, ValueTopic } from './network-values.ts';

/**
 * Names of pools in annotations and CNI configurations: inside the JSON that is there, or as whole JSON where nothing is yet.
 * `annotation:` stands before the key of the annotation that a document is.
 */
export const ANNOTATION_VALUES: readonly ValueTopic[] = [
  {
    at: /^annotation:ipam\.spidernet\.io\/ippools? .*ipv[46](\.\[\])?$/,
    values: (site, asked) => spiderPoolNames(site, familyOf(asked)),
  },
  {
    at: /^annotation:ipam\.spidernet\.io\/subnets? .*ipv[46](\.\[\])?$/,
    values: (site, asked) => spiderSubnetNames(site, familyOf(asked)),
  },
  { at: /^annotation:cni\.projectcalico\.org\/ipv4pools \[\]$/, values: (site) => calicoPoolNames(site, 4) },
  { at: /^annotation:cni\.projectcalico\.org\/ipv6pools \[\]$/, values: (site) => calicoPoolNames(site, 6) },
  {
    at: /(^file|^multus\/\S+|^other\/\S+) .*default_ipv[46]_ippool\.\[\]$/,
    values: (site, asked) => spiderPoolNames(site, familyOf(asked)),
  },
  { at: /^kubernetes\/\w+ .*annotations\.ipam\.spidernet\.io\/ippool$/, values: (site) => wholePools(site) },
  {
    at: /^kubernetes\/\w+ .*annotations\.ipam\.spidernet\.io\/default-ipv4-ippool$/,
    values: (site) => lists(spiderPoolNames(site, 4)),
  },
  {
    at: /^kubernetes\/\w+ .*annotations\.ipam\.spidernet\.io\/default-ipv6-ippool$/,
    values: (site) => lists(spiderPoolNames(site, 6)),
  },
  { at: /^annotation:ipam\.spidernet\.io\/default-ipv4-ippool \[\]$/, values: (site) => spiderPoolNames(site, 4) },
  { at: /^annotation:ipam\.spidernet\.io\/default-ipv6-ippool \[\]$/, values: (site) => spiderPoolNames(site, 6) },
  {
    at: /^kubernetes\/\w+ .*annotations\.cni\.projectcalico\.org\/ipv4pools$/,
    values: (site) => lists(calicoPoolNames(site, 4)),
  },
  {
    at: /^kubernetes\/\w+ .*annotations\.cni\.projectcalico\.org\/ipv6pools$/,
    values: (site) => lists(calicoPoolNames(site, 6)),
  },
  {
    at: /^kubernetes\/\w+ .*annotations\.(k8s\.v1\.cni\.cncf\.io\/networks|v1\.multus-cni\.io\/default-network)$/,
    values: (site) => attachmentNames(site),
  },
];

function familyOf({ path }: Asked): Family {
  return path.some((step) => typeof step === 'string' && step.includes('ipv6')) ? 6 : 4;
}

/** `{"ipv4":["pool"]}` for each pool. */
function wholePools(site: Site): readonly NetworkValue[] {
  return ([4, 6] as const).flatMap((family) =>
    spiderPoolNames(site, family).map(({ value, ...pool }) => ({
      ...pool,
      value: JSON.stringify({ [`ipv${family}`]: [value] }),
      label: String(value),
    })),
  );
}

function lists(names: readonly NetworkValue[]): readonly NetworkValue[] {
  return names.map(({ value, ...name }) => ({ ...name, value: JSON.stringify([value]), label: String(value) }));
}
