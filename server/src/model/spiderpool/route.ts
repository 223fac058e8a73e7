import type { Field, Place } from '../../syntax/document.ts';
import type { Reader } from '../reader.ts';
import { present } from '../resource.ts';

/** A route that a pool, a subnet or the coordinator gives to a Pod. */
export interface SpiderRoute {
  readonly place: Place;
  readonly dst?: Field<string>;
  readonly gw?: Field<string>;
}

export function readRoutes(routes: Reader): readonly SpiderRoute[] {
  return routes
    .items()
    .map((item) => present<SpiderRoute>({ place: item.place, dst: item.string('dst'), gw: item.string('gw') }));
}
