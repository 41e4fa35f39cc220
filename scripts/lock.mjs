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

// The lock is a folder with the numbers of the processes that work under it, one to a line. The
// programs started are among them: they can outlive a preparing process that was killed.

/** Nothing here takes so long; beyond it, the numbers belong to other processes by now. */
const LONGEST_MS = 20 * 60_000;

let held;

/** Runs `work` while no other process does so under the same lock. One that was killed is taken over. */
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

/** Says that a started program works under the lock too. */
export function addToLock(pid) {
  if (held) appendFileSync(`${held}/pids`, `${pid}\n`);
}

/** The folder appears with its content, by a rename, which fails where there is one already. */
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

/** @returns whether the way is free: there was no lock, or an abandoned one, now gone. */
function clearAbandoned(folder) {
  const pids = pidsIn(folder);
  if (pids === undefined) return true;
  if (pids.split('\n').some((pid) => isOther(Number(pid)))) return false;
  const aside = `${folder}.${process.pid}.old`;
  try {
    renameSync(folder, aside);
  } catch {
    return false;
  }
  // Another process may have taken it over between the look and the move: then it gets it back.
  const same = pidsIn(aside) === pids;
  if (same) rmSync(aside, { recursive: true, force: true });
  else renameSync(aside, folder);
  return same;
}

/** The numbers in the lock, none if it is too old to mean anything, undefined if there is no lock. */
function pidsIn(folder) {
  try {
    const tooOld = Date.now() - statSync(folder).mtimeMs > LONGEST_MS;
    return tooOld ? '' : readFileSync(`${folder}/pids`, 'utf8');
  } catch {
    return undefined;
  }
}

function isOther(pid) {
  if (!(pid > 0) || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
