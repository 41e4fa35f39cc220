import { readFileSync } from 'node:fs';
import { Problem, run } from './run.mjs';

/** Installs the packages of the lockfile, unless they are there. */
export async function install() {
  if (isInstalled()) return;
  console.log('Installing the packages that package-lock.json names …');
  const [program, ...npm] = npmCommand();
  const { code, output } = await run(program, [...npm, 'ci', ...ciOptions]);
  if (code !== 0) throw new Problem(`${firstLines(output)}\n\n${remedyFor(output)}`);
}

/**
 * Installs every package, even if this machine's npm settings or NODE_ENV say otherwise, and runs no install scripts.
 */
const ciOptions = [
  '--include=dev',
  '--include=optional',
  '--include=peer',
  '--ignore-scripts',
  // Some packages ask for a newer npm than Debian 13 has, and work without it. prepare.mjs has checked Node.
  '--engine-strict=false',
  '--global=false',
  '--workspaces=false',
  '--dry-run=false',
  '--package-lock=true',
  '--package-lock-only=false',
  '--prefer-offline',
  '--fetch-retries=3',
  '--fetch-retry-mintimeout=1000',
  '--fetch-retry-maxtimeout=8000',
  '--no-audit',
  '--no-fund',
  '--loglevel=warn',
];

/** npm writes node_modules/.package-lock.json last, so an interrupted installation has none. */
function isInstalled() {
  const wanted = packagesIn('package-lock.json');
  const present = packagesIn('node_modules/.package-lock.json');
  if (!wanted)
    throw new Problem('package-lock.json cannot be read: take it from the repository again.');
  return (
    present !== undefined &&
    Object.entries(wanted).every(([path, entry]) => {
      const found = present[path];
      if (!found) return path === '' || !isForHere(entry);
      return found.version === entry.version && found.integrity === entry.integrity;
    })
  );
}

/** Optional packages are builds for one kind of machine each, or dependencies of such a build. */
function isForHere({ optional, os, cpu, libc }) {
  if (!optional) return true;
  if (!os || libc) return false;
  return os.includes(process.platform) && (!cpu || cpu.includes(process.arch));
}

function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** The npm that runs this script, else the one on the PATH. */
function npmCommand() {
  const started = process.env.npm_execpath ?? '';
  return /npm-cli\.c?js$/.test(started) ? [process.execPath, started] : ['npm'];
}

/** After an error npm lists all its options: leave them out. */
const firstLines = (output) => output.split('\n').slice(0, 15).join('\n');

function remedyFor(output) {
  if (/^spawn npm/.test(output)) return 'npm is not on the PATH: it comes with Node.';
  if (/EUSAGE/.test(output)) {
    return 'package.json and package-lock.json do not agree: run npm install, and keep both.';
  }
  if (
    /ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|ENETUNREACH|ENOTCACHED|ERR_SOCKET|network/i.test(output)
  ) {
    return 'The packages could not be fetched. Check the connection (behind a proxy: npm config set https-proxy …) and run it again: what has come already is kept.';
  }
  if (/EACCES|EPERM|EROFS/.test(output)) {
    return 'npm cannot write where it has to: the lines above name the folder. Make it yours, or work in a copy of your own.';
  }
  return 'The packages could not be installed: npm says why above. Once that is mended, run it again.';
}
