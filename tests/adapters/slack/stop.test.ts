import { expect, it } from 'vitest';
import { partners } from '../../../src/core/domain/partners/partner.ts';
import { type SlackHarness, startHarnessWithPartner } from './harness.ts';

/** A bot that receives an invocation but answers only when told to. */
function heldBack({ bot }: SlackHarness): { heard: Promise<void>; goOn(): void } {
  const { handle } = bot;
  let goOn = () => {};
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const heard = new Promise<void>((resolve) => {
    bot.handle = async (invocation) => {
      resolve();
      await held;
      return handle(invocation);
    };
  });
  return { heard, goOn };
}

it.each(['socket', 'http'] as const)(
  'when it stops, it still acknowledges and answers what came by %s',
  async (by) => {
    const harness = await startHarnessWithPartner(by);
    const { double, grace, stores, partnership } = harness;
    const modal = await (await double.as(grace).slash('/convenor', 'partner add')).modal();
    const [name = ''] = modal.labels;
    const { heard, goOn } = heldBack(harness);
    const submitted = double.as(grace).submit(modal, { [name]: 'Oakfield School' });
    await heard;
    const stopped = harness.convenor.stop();
    goOn();
    expect((await submitted).errors).toEqual({});
    await stopped;
    const known = await stores.forPartnership(partnership).of(partners).find({ index: 'byName' });
    expect(known.map((row) => row.name)).toContain('Oakfield School');
    const told = double.sees(grace, double.directOf(grace)).map(({ words }) => words);
    expect(told.join()).toContain('Oakfield School');
    expect(double.violations).toEqual([]);
  },
);
