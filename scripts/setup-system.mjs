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
];

/** By the first word of the test files' names: what is `missing` and how to get it, or an empty object. */
export async function systemTools() {
  const absent = await absentPrograms();
  if (absent.length > 0 && canInstall()) await aptInstall(absent.flatMap((entry) => entry.packages));
  const still = absent.length > 0 ? await absentPrograms() : [];
  return Object.fromEntries(
    programs.map((entry) => [entry.name, still.includes(entry) ? { missing: sentence(entry) } : {}]),
  );
}

async function absentPrograms() {
  const found = await Promise.all(programs.map(({ probe: [program, args] }) => ask(program, args)));
  return programs.filter((_, index) => found[index] === undefined);
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
