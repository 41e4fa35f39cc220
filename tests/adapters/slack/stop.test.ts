import { expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { partners } from '../../../src/core/domain/partners/partner.ts';
import { type SlackHarness, startHarnessWithPartner } from './harness.ts';

/** A bot that receives an invocation but answers only when told to. */
function heldBack({ bot }: SlackHarness): { received: Promise<void>; goOn(): void } {
  const { handle } = bot;
  let goOn = () => {};
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const received = new Promise<void>((resolve) => {
    bot.handle = async (invocation) => {
      resolve();
      await held;
      return handle(invocation);
    };
  });
  return { received, goOn };
}

it.each(['socket', 'http'] as const)(
  'when it stops, it still acknowledges and answers what came by %s',
  async (by) => {
    const harness = await startHarnessWithPartner(by);
    const { double, grace, stores, partnership } = harness;
    const modal = await (await double.as(grace).slash('/convenor', 'partner add')).modal();
    const [name = ''] = modal.labels;
    const { received, goOn } = heldBack(harness);
    const submitted = double.as(grace).submit(modal, { [name]: 'Oakfield School' });
    await received;
    const stopped = harness.convenor.stop();
    goOn();
    expect((await submitted).errors).toEqual({});
    await stopped;
    const known = await collect(
      stores.forPartnership(partnership).of(partners).all({ index: 'byName' }),
    );
    expect(known.map((row) => row.name)).toContain('Oakfield School');
    const answers = double.sees(grace, double.directOf(grace)).map(({ words }) => words);
    expect(answers.join()).toContain('Oakfield School');
    expect(double.violations).toEqual([]);
  },
);
