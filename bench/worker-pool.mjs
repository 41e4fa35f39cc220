import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const WORKER = fileURLToPath(new URL('./scale-worker.mjs', import.meta.url));

/** Starts worker processes on a store and a Redis, given by their addresses. */
export async function startWorkers(count, servers) {
  const children = Array.from({ length: count }, () => fork(WORKER, [JSON.stringify(servers)]));
  await Promise.all(children.map((child) => once(child, 'message')));
  const cpu = children.map(() => 0);

  return {
    /** The work of all since the last report: lateness of each message (ms), driver operations, CPU time (ms). */
    async report() {
      const told = await Promise.all(
        children.map(async (child) => {
          child.send('report');
          return (await once(child, 'message'))[0];
        }),
      );
      const before = [...cpu];
      for (const [index, one] of told.entries()) cpu[index] = one.cpu;
      return {
        late: told.flatMap((one) => one.late),
        operations: sum(told.map((one) => one.operations)),
        cpu: sum(cpu) - sum(before),
      };
    },
    async stop() {
      const ended = children.map((child) => once(child, 'exit'));
      for (const child of children) child.send('stop');
      await Promise.all(ended);
    },
  };
}

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
