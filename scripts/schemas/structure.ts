/** The part of an OpenAPI schema that this project takes over from upstream: structure, never wording. */
export interface Structure {
  type?: string | string[];
  properties?: Record<string, Structure>;
  items?: Structure;
  additionalProperties?: Structure | boolean;
  required?: string[];
  enum?: unknown[];
  default?: unknown;
  format?: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  minProperties?: number;
  maxProperties?: number;
  nullable?: boolean;
  allOf?: Structure[];
  anyOf?: Structure[];
  'x-kubernetes-list-type'?: string;
  'x-kubernetes-list-map-keys'?: string[];
  'x-kubernetes-int-or-string'?: boolean;
  'x-kubernetes-preserve-unknown-fields'?: boolean;
  /** The pattern as upstream writes it (Go RE2), where `pattern` had to be translated for JavaScript. */
  'x-selvage-pattern'?: string;
  'x-kubernetes-validations'?: { rule: string; message?: string }[];
}
