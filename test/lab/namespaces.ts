import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from './plan.ts';
import { run } from './processes.ts';

const FORWARDS = [
  'net.ipv4.ip_forward=1',
  'net.ipv4.conf.all.rp_filter=0',
  'net.ipv4.conf.default.rp_filter=0',
  'net.ipv6.conf.all.forwarding=1',
  // Addresses are usable at once: the lab has no twin to look for.
  'net.ipv6.conf.all.accept_dad=0',
  'net.ipv6.conf.default.accept_dad=0',
];

/** A plan's machines as network namespaces, wired by bridges that stand in a namespace of their own. */
export interface Wiring {
  readonly namespaceOf: (machine: string) => string;
  readonly remove: () => Promise<void>;
}

/** `id` must be unlike that of every other lab on this machine, and short: it begins the namespaces' names. */
export async function wire(plan: Plan, id: string, folder: string): Promise<Wiring> {
  const namespaceOf = (machine: string): string => `${id}-${machine}`;
  const bridges = `${id}.bridges`;
  const all = [bridges, ...plan.machines.map(({ name }) => namespaceOf(name))];
  const remove = async (): Promise<void> => {
    for (const name of all) await run('ip', ['netns', 'del', name]).catch(() => {});
  };
  try {
    for (const name of all) await run('ip', ['netns', 'add', name]);
    // Before there are links: an interface keeps what it was born with.
    for (const { name } of plan.machines)
      await run('ip', ['netns', 'exec', namespaceOf(name), 'sysctl', '-qw', ...FORWARDS]);
    const segments = new Map<string, string>();
    const inside: string[] = [];
    const outside: string[] = [];
    for (const { name, interfaces } of plan.machines)
      for (const { name: port, segment } of interfaces) {
        let bridge = segments.get(segment);
        if (bridge === undefined) {
          bridge = `b${segments.size}`;
          segments.set(segment, bridge);
          inside.push(`link add ${bridge} type bridge mcast_snooping 0`, `link set ${bridge} up`);
        }
        const end = `p${outside.length}`;
        outside.push(`link add ${port} netns ${namespaceOf(name)} type veth peer name ${end} netns ${bridges}`);
        inside.push(`link set ${end} master ${bridge} up`);
      }
    await batch([], outside, join(folder, 'links'));
    await batch(['-n', bridges], inside, join(folder, 'bridges'));
    for (const { name, interfaces, commands } of plan.machines) {
      const up = ['lo', ...interfaces.map((port) => port.name)].map((port) => `link set ${port} up`);
      await batch(['-n', namespaceOf(name)], up, join(folder, `${name}.up`));
      for (const words of commands) await run('ip', ['-n', namespaceOf(name), ...words.slice(1)]);
    }
  } catch (error) {
    await remove();
    throw error;
  }
  return { namespaceOf, remove };
}

async function batch(where: readonly string[], lines: readonly string[], file: string): Promise<void> {
  writeFileSync(file, `${lines.join('\n')}\n`);
  await run('ip', [...where, '-batch', file]);
}
