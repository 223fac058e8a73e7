// The programs that the end-to-end tests drive and that npm does not bring: which they are, whether they are here, and
// how they come onto a Debian or Ubuntu machine. Nothing is fetched from anywhere but Debian's own package archive.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { ask, run } from './run.mjs';

/** One line a program: the first word of the test files that need it, how to see it is here, its Debian packages. */
const programs = [
  {
    name: 'vscode',
    program: 'Chromium',
    probe: [process.env.CHROMIUM ?? '/usr/bin/chromium', ['--version']],
    packages: ['chromium', 'fonts-dejavu-core', 'fonts-wqy-microhei'],
  },
  { name: 'neovim', program: 'Neovim', probe: ['nvim', ['--version']], packages: ['neovim'] },
  {
    name: 'emacs',
    program: 'Emacs with Eglot and yaml-mode',
    probe: ['emacs', ['--batch', '--eval', "(progn (package-initialize) (require 'eglot) (require 'yaml-mode))"]],
    packages: ['emacs-nox', 'elpa-eglot', 'elpa-yaml-mode'],
  },
  { name: 'frr', program: 'FRR', probe: ['/usr/lib/frr/bgpd', ['--version']], packages: ['frr'] },
  { name: 'bird', program: 'BIRD 2', probe: ['bird', ['--version']], packages: ['bird2'] },
  { name: 'iproute2', program: 'ip', probe: ['ip', ['-V']], packages: ['iproute2'] },
  { name: 'procps', program: 'sysctl', probe: ['sysctl', ['-V']], packages: ['procps'] },
];

const LAB = ['frr', 'bird', 'iproute2', 'procps'];

/** By name of the program (the first word of the test files' names): what is `missing` and how to get it, or an empty object. */
export async function systemTools(names = ['vscode', 'neovim', 'emacs']) {
  const wanted = programs.filter(({ name }) => names.includes(name));
  const absent = await absentOf(wanted);
  if (absent.length > 0 && canInstall()) await aptInstall(absent.flatMap((entry) => entry.packages));
  const still = absent.length > 0 ? await absentOf(absent) : [];
  return Object.fromEntries(
    wanted.map((entry) => [entry.name, still.includes(entry) ? { missing: sentence(entry) } : {}]),
  );
}

/** Why the lab cannot run here, in a sentence; undefined when it can. Its daemons need network namespaces, so only root runs it. */
export async function labObstacle() {
  if (process.platform !== 'linux') return 'network namespaces are a thing of Linux';
  if (process.getuid?.() !== 0) return 'only root may make network namespaces';
  const missing = Object.values(await systemTools(LAB)).flatMap((entry) => entry.missing ?? []);
  if (missing.length > 0) return missing.join('; ');
  const name = `selvage-${process.pid}`;
  // A veth pair is made as well: some containers may have namespaces, and no interfaces to put in. Names follow the word
  // `name`: a bare word may be read as a short form of an option (`a` as `address`).
  const works =
    (await ask('ip', ['netns', 'add', name])) !== undefined &&
    (await ask('ip', ['-n', name, 'link', 'add', 'name', 'end0', 'type', 'veth', 'peer', 'name', 'end1'])) !==
      undefined &&
    (await ask('ip', ['-n', name, 'link', 'add', 'name', 'bridge0', 'type', 'bridge'])) !== undefined;
  await ask('ip', ['netns', 'del', name]);
  return works ? undefined : 'this machine does not let root make network namespaces (a container needs --privileged)';
}

async function absentOf(wanted) {
  const found = await Promise.all(wanted.map(({ probe: [program, args] }) => ask(program, args)));
  return wanted.filter((_, index) => found[index] === undefined);
}

function sentence({ program, packages }) {
  return `${program} is not installed (on Debian or Ubuntu: sudo apt-get install ${packages.join(' ')})`;
}

// As root on Debian or Ubuntu (a container, a CI machine) the packages are installed; on a desk they are only named.
function canInstall() {
  if (process.getuid?.() !== 0 || !existsSync('/etc/os-release')) return false;
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'));
}

/** Installs packages without questions and without starting their services; tries twice, the second time after an update. */
async function aptInstall(packages) {
  console.log(`Installing ${packages.join(', ')} (apt-get) …`);
  const policy = '/usr/sbin/policy-rc.d';
  const ours = !existsSync(policy);
  if (ours) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    const install = ['install', '-y', '-q', '--no-install-recommends', ...packages];
    if ((await run('apt-get', install, options)) === 0) return true;
    await run('apt-get', ['update', '-q'], options);
    return (await run('apt-get', install, options)) === 0;
  } finally {
    if (ours) rmSync(policy, { force: true });
  }
}
