/** The server's answers to `selvage.cluster.*` (server/src/apply/shown.ts). */
export interface ObjectRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

export interface Field {
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

export interface Target {
  readonly tool: string;
  readonly where: string;
  readonly toolVersion?: string;
  readonly clusterVersion?: string;
}

export interface Drift {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly targets: readonly Target[];
  readonly counts: Readonly<Record<'added' | 'changed' | 'same' | 'removed' | 'unmanaged', number>>;
  readonly objects: readonly {
    readonly object: string;
    readonly ref: ObjectRef;
    readonly status: 'added' | 'changed' | 'removed' | 'unmanaged';
    readonly fields: readonly Field[];
  }[];
  readonly texts: readonly { readonly object: string; readonly live: string; readonly file: string }[];
  readonly places: readonly Place[];
  readonly aside: readonly string[];
}

export interface Place {
  readonly object: string;
  readonly ref?: ObjectRef;
  readonly uri: string;
  readonly offset: number;
}

export type Risk = 'green' | 'amber' | 'red';

export interface Plan {
  readonly id: string;
  readonly targets: readonly Target[];
  readonly risk: Risk;
  readonly names: readonly string[];
  readonly steps: readonly {
    readonly object: string;
    readonly action: 'create' | 'replace' | 'remove';
    readonly risk: Risk;
    readonly reasons: readonly string[];
    readonly fields: readonly Field[];
    readonly consequences: readonly string[];
    readonly between: readonly string[];
  }[];
  readonly consequences: readonly string[];
  readonly notes: readonly string[];
}

export interface Apply {
  readonly id: string;
  readonly made: string;
  readonly state: 'running' | 'interrupted' | 'done' | 'failed' | 'cancelled' | 'unconfirmed' | 'rolled-back';
  readonly targets: readonly string[];
  readonly objects: readonly { readonly object: string; readonly action: string; readonly state: string }[];
  readonly deadline?: string;
  readonly canRollBack?: boolean;
}

export interface Outcome {
  readonly kind: 'refused' | 'stopped' | 'applied';
  readonly verdict?: 'as-planned' | 'different' | 'inconclusive';
  readonly sentences: readonly string[];
  readonly journal?: Apply;
}
