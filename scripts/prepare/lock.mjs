import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

// The lock is a folder with a file of the ids of the processes that work under it, one to a line. These include the
// programs that were started, since they can outlive a preparing process that was killed. No package could do this:
// the lock is needed before any package is installed.

/** Preparing never takes this long. In an older lock the ids may belong to other processes by now. */
const MAX_LOCK_AGE_MS = 20 * 60_000;

let held;

/** Runs `work` while no other process holds the lock. A lock whose processes have ended is taken over. */
export async function withLock(folder, work) {
  mkdirSync(dirname(folder), { recursive: true });
  for (let tries = 0; !take(folder); tries += 1) {
    if (tries === 10) console.log('Waiting for another process that is preparing this folder.');
    await sleep(100);
  }
  held = folder;
  try {
    return await work();
  } finally {
    held = undefined;
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Adds a started program to the processes that hold the lock. */
export function addToLock(pid) {
  if (held) appendFileSync(`${held}/pids`, `${pid}\n`);
}

/** Renames a filled folder into place, which fails if the lock exists already. @returns whether we hold it now. */
function take(folder) {
  if (!clearAbandoned(folder)) return false;
  const own = `${folder}.${process.pid}`;
  rmSync(own, { recursive: true, force: true });
  mkdirSync(own);
  writeFileSync(`${own}/pids`, `${process.pid}\n`);
  try {
    renameSync(own, folder);
    return true;
  } catch {
    rmSync(own, { recursive: true, force: true });
    return false;
  }
}

/** Removes an abandoned lock. @returns whether there is no lock any more. */
function clearAbandoned(folder) {
  const pids = pidsIn(folder);
  if (pids === undefined) return true;
  if (pids.split('\n').some((pid) => isOtherProcess(Number(pid)))) return false;
  const aside = `${folder}.${process.pid}.old`;
  try {
    renameSync(folder, aside);
  } catch {
    return false;
  }
  // Another process may have taken the lock over in between: then give it back.
  const isSame = pidsIn(aside) === pids;
  if (isSame) rmSync(aside, { recursive: true, force: true });
  else renameSync(aside, folder);
  return same;
}

/** The process ids in the lock; empty if it is too old, undefined if there is none. */
function pidsIn(folder) {
  try {
    const tooOld = Date.now() - statSync(folder).mtimeMs > MAX_LOCK_AGE_MS;
    return tooOld ? '' : readFileSync(`${folder}/pids`, 'utf8');
  } catch {
    return undefined;
  }
}

function isOtherProcess(pid) {
  if (!(pid > 0) || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
