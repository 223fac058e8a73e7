import type { Doc, Field, Place } from '../syntax/document.ts';
import type { Path } from '../syntax/tree.ts';
import { type NameUse, referred } from './names.ts';
import { addressAnnotationsAt } from './pools-annotations.ts';
import { annotationsAt, itemsOf, readJson, type SpiderAnnotation, textOf } from './spiderpool-annotations.ts';
import { isWildcard, namespaceUses, type PoolUse, podUses } from './spiderpool-uses.ts';

/** The pools that the annotations of a Pod or a Namespace name, inside their JSON: Calico's and Spiderpool's. */
export function annotatedPools(doc: Doc, metadata: Path): readonly NameUse[] {
  return [
    ...annotationsAt(doc, metadata).flatMap(spiderPoolsIn),
    ...addressAnnotationsAt(doc, metadata)
      .filter(({ asks }) => asks === 'pools')
      .flatMap(calicoPoolsIn),
  ];
}

function calicoPoolsIn(annotation: SpiderAnnotation): readonly NameUse[] {
  const list = readJson(annotation)?.value;
  return (list === undefined ? [] : itemsOf(list)).flatMap((item) =>
    // A pool may be named by its CIDR, too, which is no name.
    referred('calico pool', known(textOf(item), item.place)).filter(({ name }) => !name.includes('/')),
  );
}

function spiderPoolsIn(annotation: SpiderAnnotation): readonly NameUse[] {
  return [...podUses(annotation), ...namespaceUses(annotation)].flatMap(poolUse);
}

function poolUse({ name, place }: PoolUse): readonly NameUse[] {
  return spiderPool(known(name, place));
}

/** A SpiderIPPool by its name; a pattern stands for several and is the name of none. */
export function spiderPool(field: Field<string> | undefined): readonly NameUse[] {
  return referred('spiderpool pool', field).filter(({ name }) => !isWildcard(name));
}

function known(value: string | undefined, place: Place): Field<string> {
  return { value, place };
}
