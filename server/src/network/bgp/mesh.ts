import { familyOf } from './identity.ts';
import type { Mesh, Neighbour, Router } from './types.ts';

const NONE: readonly Neighbour[] = [];

/** The statements of a mesh by their addresses: a thousand members would have a million of them, were they written out. */
export class MeshIndex {
  readonly #statements: readonly Neighbour[];
  readonly #byAddress = new Map<string, Neighbour[]>();

  constructor(mesh: Mesh | undefined) {
    this.#statements = mesh?.statements ?? NONE;
    for (const statement of this.#statements) {
      const list = this.#byAddress.get(statement.address!);
      if (list === undefined) this.#byAddress.set(statement.address!, [statement]);
      else list.push(statement);
    }
  }

  /** What the mesh makes the router state, mesh members only, in the order of the nodes. */
  of(router: Router): readonly Neighbour[] {
    return router.inMesh ? this.#statements.filter(({ address }) => isPeer(router, address!)) : NONE;
  }

  /** Those with this address (canonical). */
  at(router: Router, address: string): readonly Neighbour[] {
    if (!router.inMesh || !isPeer(router, address)) return NONE;
    return this.#byAddress.get(address) ?? NONE;
  }

  hasAny(router: Router): boolean {
    return router.inMesh === true && this.#statements.some(({ address }) => isPeer(router, address!));
  }
}

/** A node peers with every address of the mesh in its own families but its own. */
function isPeer(router: Router, address: string): boolean {
  const own = router.nodeAddress?.[familyOf(address)];
  return own !== undefined && own !== address;
}
