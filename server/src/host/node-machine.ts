import { promises as fs } from 'node:fs';
import { homedir } from 'node:os';
import type { Machine } from '../apply/connect.ts';
import { nodeCommands } from './node-commands.ts';

/** A configuration of tools is small; anything larger is none. */
const LARGEST = 1024 * 1024;

/** This machine, as tools of the cluster see it. */
export function nodeMachine(env: Readonly<Record<string, string | undefined>> = process.env): Machine {
  return {
    runner: nodeCommands(env),
    env,
    home: env.HOME || homedir(),
    async readText(path) {
      try {
        const { size } = await fs.stat(path);
        return size > LARGEST ? undefined : await fs.readFile(path, 'utf8');
      } catch {
        return undefined;
      }
    },
  };
}
