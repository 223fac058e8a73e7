import type { GeneratedValidator } from '../validators.ts';

export declare const validators: Readonly<Record<string, GeneratedValidator>>;
