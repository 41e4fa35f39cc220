import { accessSync, constants, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Problem, run } from './run.mjs';

/** The programs that only tests need, with the package that has each. */
const programs = [
  {
    name: 'redis-server',
    isHere: () => isOnPath('redis-server'),
    packages: { apt: 'redis-server', dnf: 'redis', brew: 'redis' },
  },
  {
    name: 'Chromium',
    isHere: hasChromium,
    packages: {
      apt: isUbuntu() ? 'chromium-browser' : 'chromium',
      dnf: 'chromium',
      brew: 'google-chrome',
    },
  },
];

/** Checks that the programs are there. Installs them on Debian as root. @throws Problem elsewhere, with the command. */
export async function ensureTestPrograms() {
  const chromium = process.env.CHROMIUM;
  if (chromium && !existsSync(chromium)) {
    throw new Problem('CHROMIUM is set, but no program is there: correct it, or leave it out.');
  }
  if (missing().length === 0) return;
  if (isDebian() && process.getuid?.() === 0) await installOnDebian();
  if (missing().length > 0) throw new Problem(remedy());
}

const missing = () => programs.filter((program) => !program.isHere());

function hasChromium() {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const onMac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
  return Boolean(process.env.CHROMIUM) || names.some(isOnPath) || existsSync(onMac);
}

function isOnPath(name) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function isDebian() {
  return existsSync('/etc/debian_version') && isOnPath('apt-get');
}

function isUbuntu() {
  return (
    existsSync('/etc/os-release') && /^ID=ubuntu$/m.test(readFileSync('/etc/os-release', 'utf8'))
  );
}

async function installOnDebian() {
  const packages = missing().map((program) => program.packages.apt);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) => run('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...args], { env });
  console.log(`The tests need ${packages.join(' and ')}: installing with apt-get …`);
  const updated = await apt('update');
  const allowServices = holdServices();
  const { code, output } = await apt('install', '-y', '--no-install-recommends', ...packages);
  allowServices();
  if (code !== 0) console.error(`${updated.code === 0 ? '' : updated.output}\n${output}\n`);
  // The tests start their own redis-server; keep Debian from starting another one at boot.
  if (packages.includes('redis-server')) await run('update-rc.d', ['redis-server', 'disable']);
}

/** Keeps apt from starting the services that it installs, with Debian's policy-rc.d, while this process lives. */
function holdServices() {
  const file = '/usr/sbin/policy-rc.d';
  if (existsSync(file)) return () => {};
  const note = '# Made by scripts/prepare.mjs of Convenor while it installs; may be removed.';
  const script = `#!/bin/sh\n${note}\nkill -0 ${process.pid} 2>/dev/null && exit 101\nexit 0\n`;
  writeFileSync(file, script, { mode: 0o755 });
  return () => rmSync(file, { force: true });
}

function remedy() {
  const names = missing().map((program) => program.name);
  const packages = (manager) =>
    missing()
      .map((program) => program.packages[manager])
      .join(' ');
  const commands = [
    ['apt-get', 'sudo apt-get update && sudo apt-get install -y --no-install-recommends', 'apt'],
    ['dnf', 'sudo dnf install -y', 'dnf'],
    ['brew', 'brew install', 'brew'],
  ];
  const [, command, manager] = commands.find(([program]) => isOnPath(program)) ?? [];
  const how = manager
    ? `Install what is missing and run them again:\n\n  ${command} ${packages(manager)}`
    : 'Install what is missing, so that it is on the PATH, and run them again.';
  const own = names.includes('Chromium')
    ? '\n\nFor a Chrome elsewhere, set CHROMIUM to its path.'
    : '';
  return `The tests need ${names.join(' and ')}. ${how}${own}`;
}
