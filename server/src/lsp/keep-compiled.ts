import { homedir } from 'node:os';
import { cacheFolder, keepCompiled } from '../host/compiled.ts';

// Done when it is imported: what is imported after it is kept.
keepCompiled(cacheFolder(process.env, homedir()));
