export type Severity = 'error' | 'warning' | 'information' | 'hint';
export type RuleLevel = Severity | 'off';

/** What a user can say about a site: in the editor's settings, and nearer in `selvage.yaml`. */
export interface SiteSettings {
  /** Calico release such as `3.31`; the newest when absent. */
  readonly calicoVersion?: string;
  readonly spiderpoolVersion?: string;
  readonly rules: Readonly<Record<string, RuleLevel>>;
  /** Named ranges: `office: 10.1.3.0/24`. */
  readonly networks: ReadonlyMap<string, readonly string[]>;
  /** AS numbers that are known to be right although they are public, by name. */
  readonly asns: ReadonlyMap<string, number>;
  /** Names of sites whose addresses and sessions must agree with this one's. */
  readonly connectedTo: readonly string[];
}

export const DEFAULT_SETTINGS: SiteSettings = {
  rules: {},
  networks: new Map(),
  asns: new Map(),
  connectedTo: [],
};

/** `nearer` wins field by field; rules are merged id by id. */
export function mergeSettings(farther: SiteSettings, nearer: Partial<SiteSettings>): SiteSettings {
  return { ...farther, ...nearer, rules: { ...farther.rules, ...nearer.rules } };
}
