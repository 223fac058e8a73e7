import type { BGPConfiguration } from '../model/calico/bgp-configuration.ts';
import type { Field, Place } from '../syntax/document.ts';
import { type Edit, replaceScalar, setField } from '../syntax/edit.ts';
import type { Site } from '../workspace/site.ts';

/** Whether the nodes of a site peer with each other by themselves, and where that is said. */
export interface Mesh {
  readonly state: 'on' | 'off' | 'unknown';
  /** BGPConfiguration `default`; without one nothing in the files switches the mesh on, though Calico does. */
  readonly configuration?: BGPConfiguration;
  readonly field?: Field<boolean>;
}

export function meshOf(site: Site): Mesh {
  const configuration = site.all('calico/BGPConfiguration').find(({ name }) => name?.value === 'default');
  if (configuration === undefined) return { state: 'on' };
  const field = configuration.nodeToNodeMeshEnabled;
  if (field === undefined) return { state: 'on', configuration };
  return { state: field.value === undefined ? 'unknown' : field.value ? 'on' : 'off', configuration, field };
}

/** Where a finding about the mesh stands: the switch, else the object that would hold it. */
export function meshPlace({ field, configuration }: Mesh): Place | undefined {
  if (field !== undefined) return field.place;
  return configuration?.name?.place;
}

export function switchMesh({ field, configuration }: Mesh, state: 'on' | 'off'): readonly Edit[] {
  const value = state === 'on';
  if (field !== undefined) return replaceScalar(field.place, value);
  if (configuration === undefined) return [];
  return setField(configuration.doc, [...configuration.path, 'spec', 'nodeToNodeMeshEnabled'], value);
}
