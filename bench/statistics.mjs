/** A percentile of the samples. @param share 0 to 1. */
export function percentile(samples, share) {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/** Runs something many times, one after the other. @returns how long each run took (ms), without the warm-up. */
export async function timed(count, run, warmUp = Math.ceil(count / 5)) {
  const samples = [];
  for (let index = -warmUp; index < count; index++) {
    const start = performance.now();
    await run(index + warmUp);
    if (index >= 0) samples.push(performance.now() - start);
  }
  return samples;
}

/** Prints a figure and its limit. If it is above the limit, the process ends with exit code 1. */
export function promise(what, value, most, detail) {
  const kept = value <= most;
  console.log(
    `${kept ? 'kept  ' : 'BROKEN'} ${what}: ${value.toFixed(2)} (at most ${most}) ${detail}`,
  );
  if (!kept) process.exitCode = 1;
}
