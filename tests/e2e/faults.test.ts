import { afterAll, beforeAll, expect, it } from 'vitest';
import { startFreshTry, type TryProcess } from '../fixtures/try-process.ts';

let convenor: TryProcess;
beforeAll(async () => {
  convenor = await startFreshTry('trace');
  await goToNoon();
});
afterAll(async () => {
  await convenor?.stop();
});

/** Sends Tom a reminder that meets a fault. @returns the messages and deliveries that follow. */
async function remindedOf(what: string, next: unknown[]): Promise<string[]> {
  await convenor.say('tom', `followup add ${what} by:"in 1 hour"`);
  expect((await convenor.post('faults', { next })).status).toBe(200);
  await convenor.clock('90m');
  expect((await convenor.post('faults', { next: [] })).body).toEqual({ next: [] });
  const messages = await convenor.messages('tom');
  return messages
    .filter(
      ({ from, text }) =>
        from === 'convenor' &&
        text.includes(what) &&
        /^(\(This may be a repeat\.\) )?A reminder:/.test(text),
    )
    .map(({ text }) => text);
}

/** Moves the clock to noon: a brief would meet the fault instead. */
async function goToNoon(): Promise<void> {
  const state = (await (await fetch(`${convenor.url}/playground/state`)).json()) as { now: string };
  const now = new Date(state.now);
  const minutes = now.getUTCHours() * 60 + now.getUTCMinutes();
  await convenor.clock(`${36 * 60 - minutes}m`);
}

it('shows which faults are to come, and limits their number', async () => {
  const next = ['fail', { later: 5 }];
  expect((await convenor.post('faults', { next })).body).toEqual({ next });
  expect((await convenor.post('faults', { next: [] })).body).toEqual({ next: [] });
  const long = await convenor.post('faults', { next: Array(101).fill('fail') });
  expect(long.status).toBe(400);
});

it('counts deliveries for Prometheus, and says that it is ready', async () => {
  const figures = await (await fetch(`${convenor.url}/metrics`)).text();
  expect(figures).toContain('convenor_queue_depth 0');
  expect(figures).toMatch(/convenor_due_backlog\{kind="reminder"\} 0/);
  expect(figures).toContain('process_cpu_user_seconds_total');
  const ready = await (await fetch(`${convenor.url}/readyz`)).json();
  expect(ready).toEqual({ ready: true, waitingFor: [] });
});

it('the coordinator is told about a refused message', async () => {
  expect(await remindedOf('mend the fence', ['fail'])).toEqual([]);
  const grace = await convenor.messages('grace');
  const messages = grace.filter(({ text }) =>
    text.startsWith("I couldn't deliver a reminder to Tom."),
  );
  expect(messages).toHaveLength(1);
});

it('a lost answer does not double a message', async () => {
  const seen = await remindedOf('oil the gate', ['lose answer']);
  expect(seen).toHaveLength(1);
  expect(seen[0]).toMatch(/^A reminder/);
});

it('a lost message comes again, marked as a possible repeat', async () => {
  const seen = await remindedOf('sweep the steps', ['lose message']);
  expect(seen).toHaveLength(1);
  expect(seen[0]).toMatch(/^\(This may be a repeat\.\) A reminder/);
});

it('a send that stalls is given up, and the message comes again, marked', async () => {
  const seen = await remindedOf('count the chairs', ['stall']);
  expect(seen).toHaveLength(1);
  expect(seen[0]).toMatch(/^\(This may be a repeat\.\) A reminder/);
});

it('a message waits while its place is busy', async () => {
  const seen = await remindedOf('fetch the keys', [{ later: 60_000 }]);
  expect(seen).toHaveLength(1);
  expect(seen[0]).toMatch(/^A reminder/);
});

it("the log has a line for each delivery, by its id, and nobody's words", async () => {
  const lines = convenor
    .printed()
    .split('\n')
    .filter((line) => line.startsWith('{'));
  const tries = lines
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ msg, kind }) => msg === 'delivery' && kind === 'reminder');
  const outcomes = tries.map(({ outcome }) => outcome);
  expect(outcomes).toEqual(expect.arrayContaining(['sent', 'unknown', 'later', 'permanent']));
  for (const { delivery, lateness, level } of tries) {
    expect(delivery).toMatch(/^[\w-]{16}$/);
    expect(lateness).toBeTypeOf('number');
    expect(level).toBe(30);
  }
  // The unknown send and its outcome have the same id.
  const unknown = tries.find(({ outcome }) => outcome === 'unknown');
  expect(tries.filter(({ delivery }) => delivery === unknown?.delivery).length).toBeGreaterThan(1);
  const said = ['oil the gate', 'sweep the steps', 'count the chairs', 'fetch the keys', 'fence'];
  for (const words of [...said, 'Tom', 'Grace']) expect(convenor.printed()).not.toContain(words);
});
