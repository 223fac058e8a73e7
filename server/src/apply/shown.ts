import type { Text } from '../text.ts';
import { sentences } from './consequences.ts';
import { type Difference, type Drift, type FieldChange, shownPath, textOf } from './diff.ts';
import { isolationSentences } from './isolation.ts';
import type { Journal } from './journal.ts';
import { type Json, type ObjectRef, shownRef } from './objects.ts';
import type { Plan } from './plan.ts';
import type { Risk } from './risk.ts';
import { shownTarget, type Target, targetName } from './tool.ts';

/** Puts a text into the user's language. */
export type Say = (text: Text) => string;

export interface ShownField {
  readonly path: string;
  readonly before?: Json;
  readonly after?: Json;
}

/** A plan in words, for JSON and for editors. */
export interface ShownPlan {
  readonly id: string;
  readonly made: string;
  readonly targets: readonly ShownTarget[];
  readonly risk: Risk;
  /** What is typed to accept a red step: any of these. */
  readonly names: readonly string[];
  readonly steps: readonly ShownStep[];
  readonly consequences: readonly string[];
  readonly notes: readonly string[];
}

export interface ShownTarget {
  readonly tool: string;
  readonly where: string;
  readonly cluster?: string;
  readonly toolVersion?: string;
  readonly clusterVersion?: string;
}

export interface ShownStep {
  readonly object: string;
  readonly action: 'create' | 'replace' | 'remove';
  readonly risk: Risk;
  readonly reasons: readonly string[];
  readonly fields: readonly ShownField[];
  readonly consequences: readonly string[];
  /** What is missing in between though both ends have it. */
  readonly between: readonly string[];
}

export function shownPlan(plan: Plan, say: Say): ShownPlan {
  const targets = Object.values(plan.targets);
  return {
    id: plan.id,
    made: new Date(plan.made).toISOString(),
    targets: targets.map(shownTargetOf),
    risk: plan.risk,
    names: [...targets.map(targetName), ...plan.steps.filter(({ risk }) => risk === 'red').map(({ ref }) => ref.name)],
    steps: plan.steps.map(({ ref, action, risk, reasons, difference, consequences, worse, closed }) => ({
      object: shownRef(ref),
      action,
      risk,
      reasons: reasons.map(say),
      fields: ref.kind === 'Secret' ? [] : difference.fields.map(shownField),
      consequences: [...(consequences === undefined ? [] : sentences(consequences)), ...isolationSentences(closed)].map(
        say,
      ),
      between: worse === undefined ? [] : sentences(worse).map(say),
    })),
    consequences: [...(plan.whole === undefined ? [] : sentences(plan.whole)), ...isolationSentences(plan.closed)].map(
      say,
    ),
    notes: plan.notes.map(say),
  };
}

export function shownTargetOf(target: Target): ShownTarget {
  const { tool, cluster, toolVersion, clusterVersion } = target;
  return {
    tool,
    where: shownTarget(target),
    ...(cluster !== undefined && { cluster }),
    ...(toolVersion !== undefined && { toolVersion }),
    ...(clusterVersion !== undefined && { clusterVersion }),
  };
}

function shownField({ path, before, after }: FieldChange): ShownField {
  return {
    path: shownPath(path),
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  };
}

/** The differences that are worth a line; those that say the same are only counted. */
export interface ShownDrift {
  readonly counts: Drift['counts'];
  readonly objects: readonly {
    readonly object: string;
    readonly ref: ObjectRef;
    readonly status: Difference['status'];
    readonly fields: readonly ShownField[];
  }[];
}

export function shownDrift({ counts, differences }: Drift): ShownDrift {
  return {
    counts,
    objects: differences
      .filter(({ status }) => status !== 'same')
      .map(({ ref, status, fields }) => ({
        object: shownRef(ref),
        ref,
        status,
        fields: ref.kind === 'Secret' ? [] : fields.map(shownField),
      })),
  };
}

/** Both sides of a comparison as texts for a diff editor; a Secret's values are never shown. */
export function shownTexts({ ref, live, file }: Difference): { readonly live: string; readonly file: string } {
  if (ref.kind === 'Secret') return { live: '# …\n', file: '# …\n' };
  return { live: textOf(live), file: textOf(file) };
}

export interface ShownJournal {
  readonly id: string;
  readonly made: string;
  readonly state: Journal['state'] | 'interrupted';
  readonly targets: readonly string[];
  readonly objects: readonly { readonly object: string; readonly action: string; readonly state: string }[];
  /** When an unconfirmed apply is rolled back. */
  readonly deadline?: string;
}

export function shownJournal(journal: Journal, interrupted: 'interrupted' | 'not'): ShownJournal {
  return {
    id: journal.id,
    made: new Date(journal.made).toISOString(),
    state: interrupted === 'interrupted' ? 'interrupted' : journal.state,
    targets: Object.values(journal.targets).map(shownTarget),
    objects: journal.steps.map(({ ref, action, state }) => ({ object: shownRef(ref), action, state })),
    ...(journal.deadline !== undefined && { deadline: new Date(journal.deadline).toISOString() }),
  };
}
