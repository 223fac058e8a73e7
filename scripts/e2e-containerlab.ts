// Deploys a lab of two nodes with a real containerlab and container runtime, reads it at every turn, and records what was said
// for the test that replays it. Needs root. CONTAINERLAB names the program, DOCKER_HOST the runtime's socket, BUSYBOX a static
// busybox, of which the nodes' image is made: nothing is downloaded.   npm run e2e:containerlab [-- --record]
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { nodeCommands } from '../server/src/host/node-commands.ts';
import { type Call, recordingIn } from '../test/apply/replay.ts';
import { LAB, type LabCircumstance, type LabEvent, lab } from '../test/apply/story-lab.ts';
import { keepTranscript } from './e2e-transcripts.ts';

const { CONTAINERLAB: program = '', DOCKER_HOST: socket = '', BUSYBOX: busybox = '' } = process.env;
if (!isAbsolute(program) || !socket.startsWith('unix://') || !isAbsolute(busybox)) {
  console.error(
    'CONTAINERLAB must name a containerlab and BUSYBOX a static busybox by their absolute paths, and DOCKER_HOST a socket of Docker (unix://…).',
  );
  process.exit(2);
}
const trial = mkdtempSync(join(tmpdir(), 'selvage-lab-'));
chmodSync(trial, 0o755);
const topology = join(trial, 'two.clab.yml');
const image = 'selvage-test:1';

try {
  const version = /^\s*version: (\S+)/m.exec(run(program, ['version']))?.[1];
  console.log(`containerlab ${version}`);
  makeImage();
  writeFileSync(topology, LAB(['r1', 'r2']));
  const env = { PATH: process.env.PATH, HOME: trial, DOCKER_HOST: socket };
  const nobody = join(trial, 'as-nobody');
  writeFileSync(nobody, `#!/bin/sh\nexec setpriv --reuid=65534 --regid=65534 --clear-groups '${program}' "$@"\n`);
  chmodSync(nobody, 0o755);
  const environments: Readonly<Record<LabCircumstance, Readonly<Record<string, string | undefined>>>> = {
    docker: env,
    'no-docker': { ...env, DOCKER_HOST: 'unix:///var/run/no-docker.sock' },
    'no-rights': env,
  };
  const calls: Call[] = [];
  await lab(
    (circumstance) => {
      const own = nodeCommands(environments[circumstance]);
      const asked =
        circumstance === 'no-rights'
          ? { run: (one: Parameters<typeof own.run>[0]) => own.run({ ...one, program: nobody }) }
          : own;
      return recordingIn(circumstance, asked, calls);
    },
    { topology, event, program },
  );
  console.log('lab: deployed, grown, a node lost, destroyed; every state and error is told');
  keepTranscript(`containerlab-v${version}-lab`, calls, trial);
} finally {
  spawnSync(program, ['destroy', '--topo', topology], { stdio: 'ignore' });
  spawnSync('docker', ['image', 'rm', image], { stdio: 'ignore' });
  rmSync(trial, { recursive: true, force: true, maxRetries: 5 });
}

async function event(what: LabEvent): Promise<void> {
  switch (what) {
    case 'deployed':
      return void run(program, ['deploy', '--topo', topology]);
    case 'a node is written':
      return writeFileSync(topology, LAB(['r1', 'r2', 'r3']));
    case 'applied':
      return void run(program, ['apply', '--topo', topology]);
    case 'a node stops':
      return void run('docker', ['stop', '--time=0', 'clab-two-r2']);
    case 'destroyed':
      return void run(program, ['destroy', '--topo', topology]);
    case 'the file breaks':
      return writeFileSync(topology, LAB(['r1', 'r2']).replaceAll('kind: linux', 'kind: nokind'));
  }
}

function makeImage(): void {
  const root = join(trial, 'image');
  mkdirSync(join(root, 'bin'), { recursive: true });
  copyFileSync(busybox, join(root, 'bin', 'busybox'));
  for (const name of ['sh', 'sleep', 'ip']) symlinkSync('busybox', join(root, 'bin', name));
  const archive = join(trial, 'image.tar');
  run('tar', ['--create', '--file', archive, '--directory', root, '.']);
  run('docker', ['import', archive, image]);
}

function run(name: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(name, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${name} ${args.join(' ')}: ${stderr}`);
  return stdout;
}
