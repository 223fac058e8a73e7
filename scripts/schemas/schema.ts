import type { Structure } from './structure.ts';

/** A JSON Schema as this project publishes it: structure, our own words, and what we know about versions. */
export interface Schema extends Omit<Structure, 'properties' | 'items' | 'additionalProperties'> {
  $schema?: string;
  $id?: string;
  $ref?: string;
  $comment?: string;
  $defs?: Record<string, Schema>;
  title?: string;
  description?: string;
  /** The description in Simplified Chinese. */
  'x-description-zh-cn'?: string;
  /** First release that has the field, when that is later than the oldest one looked at. */
  'x-selvage-since'?: string;
  /** Last release that had the field. */
  'x-selvage-until'?: string;
  deprecated?: boolean;
  /** The field to use instead of a deprecated one. */
  'x-selvage-instead'?: string;
  /** What may be written where a pattern only lists values. */
  'x-selvage-values'?: readonly string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  additionalProperties?: Schema | boolean;
}
