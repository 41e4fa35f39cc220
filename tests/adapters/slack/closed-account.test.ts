import { beforeAll, describe, expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { followups } from '../../../src/core/domain/followups/followup.ts';
import { partners } from '../../../src/core/domain/partners/partner.ts';
import { type SlackHarness, startHarnessWithPartner, type User } from './harness.ts';

const HOUR_MS = 3_600_000;

/** Ways to give something to somebody. `@` stands for them. */
const lines = [
  'followup add ring Ann by:friday who:@',
  'followup ask send the lease who:@',
  'partner edit riverside council lead:@',
  'partner add "Oakfield School" lead:@',
  'member left Sue to:@',
  'settings safeguarding Jo Bell 01964 555123 tell:@',
  'member role @ coordinator',
  'setup Riverside worker:@',
];

describe.each([
  // The event that Slack sends.
  ['whose account was closed', (harness: SlackHarness) => harness.double.deactivate(harness.tom)],
  // Without it, Slack is asked again after an hour.
  [
    'whose account was closed while Convenor did not hear of it',
    async ({ double, tom }: SlackHarness) => {
      tom.deleted = true;
      double.world.pass(HOUR_MS + 1_000);
    },
  ],
  [
    'who has become a guest',
    (harness: SlackHarness) => harness.double.change(harness.tom, { guest: 'channels' }),
  ],
] as const)('nothing can be given to somebody %s', (_, close) => {
  let harness: SlackHarness;
  beforeAll(async () => {
    harness = await startHarnessWithPartner();
    const { double, team, tom, grace } = harness;
    const sue = double.addUser(team, { name: 'Sue' });
    for (const who of [tom, sue]) await typed(who, 'help');
    await typed(grace, 'followup add send the lease');
    await close(harness);
    return () => expect(double.violations).toEqual([]);
  });

  const typed = async (who: User, line: string) =>
    (await harness.double.as(who).slash('/convenor', line)).reply();

  /** What Tom has been given. */
  async function theirs() {
    const store = harness.stores.forPartnership(harness.partnership);
    const [tasks, led] = await Promise.all([
      collect(store.of(followups).all({ index: 'byId' })),
      collect(store.of(partners).all({ index: 'byId' })),
    ]);
    const members = await typed(harness.grace, 'members');
    return {
      tasks: tasks.filter(({ title }) => title === 'ring Ann').length,
      asked: tasks.filter(({ asked }) => asked).length,
      led: led.filter(({ lead }) => lead).length,
      roles: /Tom[^\n]*(worker|coordinator)/.test(members.words),
    };
  }

  it.each(lines)('%s', async (line) => {
    const said = await typed(harness.grace, line.replace('@', `<@${harness.tom.id}>`));
    expect(said.words).toMatch(/has left|account is closed|Guests can't use/);
    expect(await theirs()).toEqual({ tasks: 0, asked: 0, led: 0, roles: false });
  });

  it('in a form, which says so at its field', async () => {
    const { double, grace, tom } = harness;
    const person = double.as(grace);
    const modal = await (await person.slash('/followup')).modal();
    const filled = { 'What was promised?': 'ring Ann', 'By when?': 'friday' };
    const sent = await person.submit(modal, { ...filled, 'Who will do it?': tom.id });
    expect(Object.values(sent.errors)).toEqual([
      expect.stringMatching(/has left|account is closed|Guests can't use/),
    ]);
    expect(await theirs()).toMatchObject({ tasks: 0 });
  });

  it('in a plain line to Convenor', async () => {
    const { double, grace, tom } = harness;
    const inbox = () => double.sees(grace, double.directOf(grace));
    const before = inbox().length;
    await double.as(grace).write(`followup add ring Ann by:friday who:<@${tom.id}>`);
    const said = await double.until('an answer', () =>
      inbox()
        .slice(before + 1)
        .at(-1),
    );
    expect(said.words).toMatch(/has left|account is closed|Guests can't use/);
    expect(await theirs()).toMatchObject({ tasks: 0 });
  });
});
