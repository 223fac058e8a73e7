import { kindsOf } from '../../schemas/index.ts';
import { lineStart } from '../../syntax/yaml-line.ts';
import { verbatim } from '../../text.ts';
import { type Proposal, RANK } from './proposal.ts';
import type { Spot } from './spot.ts';
import { subjectAt } from './subject.ts';
import { isJson, scalarAt, spaces } from './writing.ts';

/** The API groups that Selvage describes, as `apiVersion` names them. */
const API_VERSIONS = [
  'projectcalico.org/v3',
  'spiderpool.spidernet.io/v2beta1',
  'k8s.cni.cncf.io/v1',
  'kind.x-k8s.io/v1alpha4',
] as const;

/** Kinds that nobody writes: Calico and Spiderpool keep them for themselves. */
const UNWRITTEN = /^(BlockAffinity|IPAM(Block|Handle|Config)|CalicoNodeStatus|Spider(Endpoint|ClaimParameter))$/;

/**
 * `kind:` by the apiVersion beside it, and `apiVersion:` by the kind; nothing for objects of other groups. Without an
 * apiVersion every kind is offered and brings its own along.
 */
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
  if (field !== 'kind') return [];
  const { apiVersion } = subject;
  if (apiVersion !== undefined) return kindsIn(apiVersion).map((kind) => propose(kind, apiVersion));
  const key = keyStart(spot);
  if (key === undefined || isTopologyFile(spot)) return [];
  return API_VERSIONS.flatMap((version) =>
    kindsIn(version).map((kind) => ({
      ...propose(kind, version),
      before: { at: key, text: apiVersionBefore(spot, version) },
    })),
  );
}

function kindsIn(apiVersion: string): readonly string[] {
  if (!(API_VERSIONS as readonly string[]).includes(apiVersion)) return [];
  return kindsOf(groupOf(apiVersion)).filter((kind) => !UNWRITTEN.test(kind));
}

/** A lab has no apiVersion; its nodes' kinds are another thing. */
function isTopologyFile({ doc }: Spot): boolean {
  return /\.clab\.ya?ml$/.test(doc.file) || /^topology[ \t]*:/m.test(doc.text);
}

/** Where the key begins whose value is typed, its quote included; undefined where it stands on another line. */
function keyStart({ doc, yaml }: Spot): number | undefined {
  const start = lineStart(doc.text, yaml!.token[0]);
  const key = /["']?kind["']?[ \t]*:[ \t]*["']?$/.exec(doc.text.slice(start, yaml!.token[0]));
  return key === null ? undefined : start + key.index;
}

/** The apiVersion as the object's first entry, in the style of what it stands in front of. */
function apiVersionBefore(spot: Spot, version: string): string {
  const entry = isJson(spot) ? `"apiVersion": "${version}"` : `apiVersion: ${version}`;
  return spot.yaml!.flow ? `${entry}, ` : `${entry}\n${spaces(spot.yaml!.column)}`;
}

function describes(apiVersion: string, kind: string): boolean {
  return kindsOf(groupOf(apiVersion)).includes(kind.replace(/List$/, ''));
}

function groupOf(apiVersion: string): string {
  return apiVersion.slice(0, apiVersion.indexOf('/'));
}
