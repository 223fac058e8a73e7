import type { Family } from '../keys.ts';

export declare const schemaText: Readonly<Record<Family, string>>;
