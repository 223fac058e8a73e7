import type { KindKey, ResourceKinds } from '../model/kinds.ts';
import type { Resource } from '../model/resource.ts';
import type { Doc, Place } from '../syntax/document.ts';
import type { Edit } from '../syntax/edit.ts';
import type { Text } from '../text.ts';
import type { Severity, SiteSettings } from '../workspace/settings.ts';
import type { Site } from '../workspace/site.ts';

/** `family/kebab-name`, the same in the editor, the CLI, SARIF, the docs and a suppression comment; it never changes. */
export type RuleId = `${string}/${string}`;

/** A change that mends a finding. `safe` has one right outcome and is part of fix-all; `pick` is the user's choice. */
export interface Fix {
  readonly title: Text;
  readonly kind: 'safe' | 'pick';
  /** Worked out when it is asked for, against the text as it is then. */
  readonly edits: () => readonly Edit[];
}

export interface Related {
  readonly place: Place;
  readonly message: Text;
}

export interface Details {
  readonly related?: readonly Related[];
  readonly fixes?: readonly Fix[];
  /** Instead of the rule's own, where the catalogue grades a rule. */
  readonly severity?: Severity;
}

/** Reports a finding: the token to change, and what is wrong · why it matters on the wire · what to do. */
export type Report = (place: Place, message: Text, details?: Details) => void;

export interface DocumentContext {
  readonly report: Report;
  /** What was read from the document. */
  readonly resources: readonly Resource[];
  readonly settings: SiteSettings;
}

export interface SiteContext {
  readonly site: Site;
  readonly report: Report;
}

export interface Rule {
  readonly id: RuleId;
  readonly severity: Severity;
  readonly docs: {
    readonly summary: Text;
    /** Why it matters, on the wire or in the API. */
    readonly why: Text;
    /** Where the fact is from. */
    readonly source: string;
  };
  /** How editors may show a finding besides its underline: faded out, or struck through. */
  readonly tags?: readonly ('unnecessary' | 'deprecated')[];
  /** Rules whose finding on the same token makes this one superfluous: one cause, one finding. */
  readonly yieldsTo?: readonly RuleId[];
  /** Looks at one document of any format. */
  readonly document?: (doc: Doc, context: DocumentContext) => void;
  /** Looks at one resource, whatever else the site holds. */
  readonly each?: { readonly [K in KindKey]?: (resource: ResourceKinds[K], context: DocumentContext) => void };
  /** Looks at a whole site; runs again only when something it looked at changed. */
  readonly check?: (context: SiteContext) => void;
}

export function defineRule(rule: Rule): Rule {
  return rule;
}
