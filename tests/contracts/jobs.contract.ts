import { expect, it } from 'vitest';
import type { Job, Jobs } from '../../src/core/ports/jobs.ts';

/** Makes queues that see the same jobs. Each test closes the queues that it made. */
export interface Subject {
  /** @param concurrency how many jobs run at once. */
  open(concurrency?: number): Jobs;
}

let count = 0;
const jobOf = (row: string): Job => {
  const token = `token-${++count}`;
  return { kind: 'reminder', row, partnership: 'p', token };
};

/** What every implementation of the port Jobs (`src/core/ports/jobs.ts`) has to do. */
export function jobsContract({ open }: Subject): void {
  it('runs each job once, with what it was given', async () => {
    const jobs = open();
    const done: Job[] = [];
    jobs.work(async (job) => void done.push(job));
    const given = ['one', 'two', 'three'].map(jobOf);
    for (const job of given) await added(jobs, job, 0);
    await expect.poll(() => done).toHaveLength(3);
    await expect.poll(() => jobs.unfinished()).toBe(0);
    expect(done.toSorted(byRow)).toEqual(given.toSorted(byRow));
    await jobs.close();
  });

  it('keeps jobs that are added before a worker starts', async () => {
    const jobs = open();
    const done: string[] = [];
    await added(jobs, jobOf('early'), 0);
    expect(await jobs.unfinished()).toBe(1);
    jobs.work(async ({ row }) => void done.push(row));
    await expect.poll(() => done).toEqual(['early']);
    await jobs.close();
  });

  it('runs a job when its delay is over and not before, the earlier one first', async () => {
    const jobs = open();
    const done: { row: string; after: number }[] = [];
    jobs.work(async ({ row }) => void done.push({ row, after: performance.now() - start }));
    const start = performance.now();
    await added(jobs, jobOf('later'), 600);
    await jobs.add(jobOf('sooner'), 300);
    expect(await jobs.unfinished()).toBe(2);
    await expect.poll(() => done, { timeout: 5_000 }).toHaveLength(2);
    expect(done.map(({ row }) => row)).toEqual(['sooner', 'later']);
    // A timer may fire a millisecond early; the job itself checks the clock again.
    expect(done[0]?.after).toBeGreaterThan(297);
    expect(done[1]?.after).toBeGreaterThan(597);
    expect(done[1]?.after).toBeLessThan(2_000);
    await jobs.close();
  });

  it('lists the jobs that are due and have not begun', async () => {
    const jobs = open(1);
    const [runs, waits, delayed] = ['runs', 'waits', 'delayed'].map(jobOf) as [Job, Job, Job];
    let goOn = () => {};
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let began = 0;
    jobs.work(async () => {
      began++;
      await held;
    });
    await added(jobs, runs, 0);
    await expect.poll(() => began).toBe(1);
    await jobs.add(waits, 0);
    await jobs.add(delayed, 60_000);
    expect([...(await jobs.waiting())]).toEqual([waits.token]);
    goOn();
    await expect.poll(async () => [...(await jobs.waiting())]).toEqual([]);
    await jobs.close();
  });

  it('a job that is added again while it runs waits again', async () => {
    const jobs = open();
    let runs = 0;
    jobs.work(async (job) => {
      runs++;
      if (runs < 3) await jobs.add(job, 50);
    });
    await added(jobs, jobOf('again'), 0);
    await expect.poll(() => runs, { timeout: 5_000 }).toBe(3);
    await expect.poll(() => jobs.unfinished()).toBe(0);
    await jobs.close();
  });

  it('runs several jobs at once, but no more than allowed', async () => {
    const jobs = open(3);
    let [running, most, done] = [0, 0, 0];
    let release: () => void = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    jobs.work(async () => {
      most = Math.max(most, ++running);
      await released;
      running--;
      done++;
    });
    for (let index = 0; index < 12; index++) await added(jobs, jobOf(`row-${index}`), 0);
    await expect.poll(() => running).toBe(3);
    expect((await jobs.waiting()).size).toBe(9);
    release();
    await expect.poll(() => done, { timeout: 5_000 }).toBe(12);
    expect(most).toBe(3);
    await jobs.close();
  });

  it('a job that throws is not run again, and the others go on', async () => {
    const jobs = open();
    const runs: string[] = [];
    jobs.work(async ({ row }) => {
      runs.push(row);
      if (row === 'bad') throw new Error('The handler broke.');
    });
    await added(jobs, jobOf('bad'), 0);
    await jobs.add(jobOf('good'), 0);
    await expect.poll(() => runs.toSorted()).toEqual(['bad', 'good']);
    await expect.poll(() => jobs.unfinished()).toBe(0);
    expect(runs).toHaveLength(2);
    await jobs.close();
  });

  it('closing lets running jobs end, and starts no more', async () => {
    const jobs = open(1);
    const ended: string[] = [];
    let release: () => void = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    let began = 0;
    jobs.work(async ({ row }) => {
      began++;
      await released;
      ended.push(row);
    });
    await added(jobs, jobOf('first'), 0);
    await jobs.add(jobOf('second'), 0);
    await expect.poll(() => began).toBe(1);
    const closed = jobs.close().then(() => ended.push('closed'));
    release();
    await closed;
    expect(ended).toEqual(['first', 'closed']);
  });
}

/** Adds a job as soon as the queue accepts one. */
async function added(jobs: Jobs, job: Job, delay: number): Promise<void> {
  await expect.poll(() => jobs.unfinished(), { timeout: 5_000 }).not.toBeUndefined();
  await jobs.add(job, delay);
}

const byRow = (a: Job, b: Job) => a.row.localeCompare(b.row);
