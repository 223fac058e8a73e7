import { kindKey } from '../../model/kinds.ts';
import type { Path } from '../../syntax/tree.ts';
import type { Text } from '../../text.ts';
import type { Site } from '../../workspace/site.ts';
import { ADDRESS_VALUES } from './addresses.ts';
import { ANNOTATION_VALUES } from './annotations.ts';
import { ENDPOINT_VALUES } from './endpoints.ts';
import { NAME_VALUES } from './names.ts';
import { PEER_VALUES } from './peers.ts';
import { type Proposal, type ProposalKind, RANK } from './proposal.ts';
import type { Spot } from './spot.ts';
import { type Subject, subjectAt } from './subject.ts';
import { valuePlace } from './value-place.ts';
import { scalarAt } from './writing.ts';

/** A value that the other files of the network suggest. */
export interface NetworkValue {
  readonly value: string | number;
  readonly kind: ProposalKind;
  readonly detail?: Text;
  /** Within the topic; 0 when absent. */
  readonly rank?: number;
  /** Written for the value where the scalar is more than it. */
  readonly label?: string;
}

/** What is asked of a topic: the place, and what stands around it. */
export interface Asked {
  readonly spot: Spot;
  readonly subject: Subject;
  /** Path of the scalar in its object. */
  readonly path: Path;
  /** What is typed so far, up to the cursor. */
  readonly typed: string;
  /** The scalar that the nearest mapping around the asked one has under a key. */
  readonly beside: (key: string) => string | undefined;
}

/** The values of one kind of field. `at` is held against `calico/BGPPeer spec.filters.[]`. */
export interface ValueTopic {
  readonly at: RegExp;
  readonly values: (site: Site, asked: Asked) => Iterable<NetworkValue>;
}

const TOPICS: readonly ValueTopic[] = [
  ...NAME_VALUES,
  ...PEER_VALUES,
  ...ADDRESS_VALUES,
  ...ENDPOINT_VALUES,
  ...ANNOTATION_VALUES,
];

/** Names, addresses and numbers that the other files of the network have for the field at the cursor. */
export function networkProposals(spot: Spot, site: Site): readonly Proposal[] {
  const { yaml } = spot;
  const subject = subjectAt(spot);
  const place = subject && valuePlace(spot, subject);
  if (yaml === undefined || subject === undefined || place === undefined) return [];
  const field = `${ownerOf(spot, subject)} ${pathText(place.path)}`;
  const asked: Asked = {
    spot,
    subject,
    path: place.path,
    typed: spot.doc.text.slice(yaml.token[0], spot.offset),
    beside(key) {
      for (let length = place.path.length - 1; length >= 0; length--) {
        const found = yaml.textAt([...subject.at, ...place.path.slice(0, length)], key);
        if (found !== undefined) return found;
      }
      return undefined;
    },
  };
  return TOPICS.filter(({ at }) => at.test(field)).flatMap(({ values }) =>
    [...values(site, asked)].map(
      ({ value, kind, detail, rank = 0, label }): Proposal => ({
        label: label ?? String(value),
        kind,
        ...(detail && { detail }),
        insert: place.before + scalarAt(spot, String(value), typeof value === 'string' ? 'text' : 'literal'),
        ...(label !== undefined && { filter: String(value) }),
        replace: place.replace,
        rank: RANK.network + rank,
      }),
    ),
  );
}

/** The kind of the object, or the scalar that holds the document: `annotation ipam.spidernet.io/ippool`. */
function ownerOf({ doc }: Spot, { schema, apiVersion, kind }: Subject): string {
  const host = doc.hostPath?.at(-1);
  if (kind === undefined && doc.hostPath?.includes('annotations') && typeof host === 'string')
    return `annotation:${host}`;
  return schema ?? kindKey(apiVersion, kind) ?? 'file';
}

function pathText(path: Path): string {
  return path.map((step) => (typeof step === 'number' ? '[]' : step)).join('.');
}
