import { kindsOf } from '../../schemas/index.ts';
import { verbatim } from '../../text.ts';
import { type Proposal, RANK } from './proposal.ts';
import type { Spot } from './spot.ts';
import { subjectAt } from './subject.ts';
import { scalarAt } from './writing.ts';

/** The API groups that Selvage describes, as `apiVersion` names them. */
const API_VERSIONS = [
  'projectcalico.org/v3',
  'spiderpool.spidernet.io/v2beta1',
  'k8s.cni.cncf.io/v1',
  'kind.x-k8s.io/v1alpha4',
] as const;

/** `kind:` by the apiVersion beside it, and `apiVersion:` by the kind; nothing for objects of other groups. */
export function kindProposals(spot: Spot): readonly Proposal[] {
  const subject = subjectAt(spot);
  if (subject === undefined || spot.yaml?.role !== 'value' || subject.path.length !== 1) return [];
  if (subject.schema === 'selvage/Config') return [];
  const [field] = subject.path;
  const propose = (label: string, detail: string | undefined): Proposal => ({
    label,
    kind: 'value',
    ...(detail !== undefined && { detail: verbatim(detail) }),
    insert: scalarAt(spot, label, 'text'),
    replace: spot.yaml!.token,
    rank: RANK.best,
  });
  if (field === 'apiVersion')
    return API_VERSIONS.filter((version) => subject.kind === undefined || describes(version, subject.kind)).map(
      (version) => propose(version, subject.kind),
    );
  if (field !== 'kind' || subject.apiVersion === undefined) return [];
  const { apiVersion } = subject;
  if (!(API_VERSIONS as readonly string[]).includes(apiVersion)) return [];
  return kindsOf(groupOf(apiVersion))
    .filter(
      (kind) =>
        !/^(BlockAffinity|IPAM(Block|Handle|Config)|CalicoNodeStatus|Spider(Endpoint|ClaimParameter))$/.test(kind),
    )
    .map((kind) => propose(kind, apiVersion));
}

function describes(apiVersion: string, kind: string): boolean {
  return kindsOf(groupOf(apiVersion)).includes(kind.replace(/List$/, ''));
}

function groupOf(apiVersion: string): string {
  return apiVersion.slice(0, apiVersion.indexOf('/'));
}
