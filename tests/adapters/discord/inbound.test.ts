import { beforeAll, describe, expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { contacts } from '../../../src/core/domain/contacts/contact.ts';
import { type DiscordHarness, startHarnessWithPartner, type User } from './harness.ts';

const LOG = 'log riverside council met them at the fair';

/** The contacts that were noted. */
async function noted({ stores, partnership }: DiscordHarness): Promise<number> {
  return (await collect(stores.forPartnership(partnership).of(contacts).all({ index: 'byId' })))
    .length;
}

describe('when something goes wrong on the way', () => {
  let harness: DiscordHarness;
  beforeAll(async () => {
    harness = await startHarnessWithPartner();
    return () => {
      expect(harness.double.violations).toEqual([]);
    };
  });

  const inChannel = (who: User) => harness.double.as(who, harness.channel);
  const say = (who: User, line: string) => inChannel(who).slash('convenor', { line });

  it('the same interaction 100 times, at once and after a restart, has one effect', async () => {
    const { double, tom } = harness;
    const before = await noted(harness);
    const first = await say(tom, LOG);
    for (let time = 0; time < 99; time += 1) double.redeliver(first.envelope);
    await first.reply();
    await (await say(tom, 'me')).reply();
    expect(await noted(harness)).toBe(before + 1);
    const calls = () =>
      double.calls.filter(
        ({ args }) => args.interaction_token === first.envelope.interaction.token,
      );
    expect(calls()).toHaveLength(1);
    // After a restart the store still knows, and Discord has its answer already.
    await harness.restart();
    double.redeliver(first.envelope);
    await expect.poll(() => calls().length).toBe(2);
    await (await say(tom, 'me')).reply();
    expect(await noted(harness)).toBe(before + 1);
    expect(first.replies).toHaveLength(1);
  });

  it('a form that Discord delivers 100 times notes one contact', async () => {
    const { double, tom } = harness;
    const before = await noted(harness);
    const modal = await (await inChannel(tom).slash('log')).modal();
    const sent = await inChannel(tom).submit(modal, { 'Who with?': 'Riverside Council' });
    for (let time = 0; time < 99; time += 1) double.redeliver(sent.envelope);
    await sent.reply();
    await (await say(tom, 'me')).reply();
    expect(await noted(harness)).toBe(before + 1);
    expect(sent.replies).toHaveLength(1);
  });

  it('while the store stalls, everything is deferred in time; it is answered when the store goes on', async () => {
    const { double, tom, grace, channel, store } = harness;
    const list = await (await say(tom, 'followup add plant bulbs by:friday')).reply();
    const modal = await (await inChannel(tom).slash('log')).modal();
    store.stall();
    const sent = inChannel(tom).submit(modal, { 'Who with?': 'Riverside Council' });
    const [said, pressed, asked, secret, choices] = await Promise.all([
      say(tom, LOG),
      inChannel(tom).press(list, 'Undo'),
      inChannel(tom).slash('log'),
      say(tom, 'digest now'),
      inChannel(tom).suggest('log', 'with', 'river'),
    ]);
    expect([said, pressed, asked].map(({ kind }) => kind)).toEqual([
      'deferred',
      'deferred update',
      'deferred',
    ]);
    expect([said, asked].map(({ ephemeral }) => ephemeral)).toEqual([true, true]);
    expect(choices.map(({ value }) => value)).toEqual(['river']);
    store.resume();
    expect((await said.reply()).words).toContain('Noted');
    expect((await (await sent).reply()).words).toContain('Noted');
    expect((await pressed.reply()).words).toMatch(/^undone/i);
    // A form can only be the first answer, so a button offers it.
    const offered = await asked.reply();
    expect(offered.buttons).toEqual(['Open the form']);
    const form = await (await inChannel(tom).press(offered, 'Open the form')).modal();
    expect(form.labels).toContain('Who with?');
    // A refusal is private, also when the answer was to be public.
    const refused = await double.until('the refusal', () =>
      double
        .sees(tom, channel)
        .find(({ words, loading }) => !loading && /only a coordinator/.test(words)),
    );
    expect(secret.kind).toBe('deferred');
    expect(refused.ephemeral).toBe(true);
    expect(JSON.stringify(double.sees(grace, channel))).not.toContain('only a coordinator');
    expect(double.sees(grace, channel).filter(({ loading }) => loading)).toEqual([]);
  });

  it('an answer comes as a direct message when its interaction has expired', async () => {
    const { double, tom, store } = harness;
    store.stall();
    const said = await say(tom, LOG);
    double.world.pass(16 * 60_000);
    store.resume();
    const answer = await double.until('the answer', () =>
      double.sees(tom, double.directOf(tom)).find(({ words }) => words.includes('Noted')),
    );
    expect(answer.words).toContain('Riverside Council');
    expect(said.replies).toEqual([]);
  });

  it.each([
    ['lost answer', 'create_interaction_response'],
    ['server error', 'create_interaction_response'],
  ] as const)('a %s of the first answer costs nobody what was said', async (fault, operation) => {
    const { double, tom } = harness;
    const before = await noted(harness);
    double.faults.next(operation, fault);
    const said = say(tom, LOG).catch(() => {});
    const answer = await double.until('the answer', () =>
      [...double.sees(tom, harness.channel), ...double.sees(tom, double.directOf(tom))].findLast(
        ({ words, at }) => words.includes('Noted') && at > double.world.now() - 5_000,
      ),
    );
    expect(answer.words).toContain('Riverside Council');
    await said;
    expect(await noted(harness)).toBe(before + 1);
  });

  it('an interaction without the fields that discord.js needs is answered like any other', async () => {
    const { double, tom } = harness;
    const { envelope } = await say(tom, 'me');
    const lacking = double.forge(envelope, (payload) => {
      for (const field of ['authorizing_integration_owners', 'entitlements', 'app_permissions']) {
        delete payload[field];
      }
    });
    expect((await lacking.reply()).words).toContain('Tom');
  });

  it('an interaction that cannot be read, or of another version, gets an explanation', async () => {
    const { double, tom } = harness;
    const { envelope } = await say(tom, 'me');
    const odd = double.forge(envelope, (payload) => {
      payload.data = { name: 'quite-new', type: 1 };
    });
    const answer = await odd.reply();
    expect(answer.words).toMatch(/type the command again/);
    expect(answer.ephemeral).toBe(true);
    // Without an id or a token no answer is possible.
    double.forge(envelope, (payload) => {
      payload.id = '../x';
    });
    expect((await (await say(tom, 'me')).reply()).words).toContain('Tom');
  });

  it('nothing is lost when Discord ends a connection in the middle', async () => {
    const { double, tom } = harness;
    const { gateway } = double;
    const before = await noted(harness);
    for (const end of ['reconnect', 'drop', 'reconnect'] as const) {
      const { resumed } = gateway.counts;
      gateway[end]();
      // Discord keeps what users do in between, and sends it when the session is resumed.
      const said = await say(tom, LOG);
      expect((await said.reply()).words).toContain('Noted');
      await expect.poll(() => gateway.counts.resumed).toBe(resumed + 1);
    }
    expect(await noted(harness)).toBe(before + 3);
    gateway.invalidate();
    await expect.poll(() => gateway.ready, { timeout: 10_000 }).toBe(1);
    expect((await (await say(tom, 'me')).reply()).words).toContain('Tom');
  });
});

describe('in direct messages', () => {
  let harness: DiscordHarness;
  beforeAll(async () => {
    harness = await startHarnessWithPartner();
    await (await harness.double.as(harness.tom, harness.channel).slash('my settings')).reply();
    return () => {
      expect(harness.double.violations).toEqual([]);
      expect(harness.warnings).toEqual([]);
    };
  });

  it('a member is known, and answers stay', async () => {
    const { double, tom } = harness;
    const reply = await (await double.as(tom).slash('convenor', { line: LOG })).reply();
    expect(reply).toMatchObject({ ephemeral: false, words: expect.stringContaining('Noted') });
    expect((await (await double.as(tom).press(reply, 'Undo')).reply()).words).toMatch(/^undone/i);
  });

  it('a user who is not known anywhere is told how to begin', async () => {
    const { double, guild } = harness;
    const nobody = double.addUser(guild, { name: 'Nobody' });
    const reply = await (await double.as(nobody).slash('partner list')).reply();
    expect(reply.words).toContain("I don't know you from any server yet");
  });

  it('a user who has left the server gets nothing of it', async () => {
    const { double, guild, channel } = harness;
    const [, residents] = guild.roles.filter(({ managed }) => !managed);
    const gone = double.addUser(guild, { name: 'Gone', ...(residents && { roles: [residents] }) });
    await (await double.as(gone, channel).slash('my settings')).reply();
    const before = await (await double.as(gone).slash('convenor', { line: LOG })).reply();
    double.depart(guild, gone);
    await harness.restart();
    const reply = await (await double.as(gone).press(before, 'Undo')).reply();
    expect(reply.words).toContain("I don't know you from any server");
  });

  it('a member of several partnerships is asked once which one', async () => {
    const { double, tom } = harness;
    const other = double.addGuild('Hillside');
    double.join(other, tom, { owner: true });
    const square = double.addChannel(other, { name: 'square' });
    await (await double.as(tom, square).slash('partner add', { name: 'Hillside School' })).reply();
    const person = double.as(tom);
    const asked = await (await person.slash('partner list')).reply();
    expect(asked.buttons.toSorted()).toEqual(['Hillside', 'Riverside']);
    const answer = await (await person.press(asked, 'Hillside')).reply();
    expect(answer).toMatchObject({
      id: asked.id,
      words: expect.stringContaining('Hillside School'),
    });
    expect(answer.words).not.toContain('Council');
    // Forms and buttons that followed belong to it too.
    const which = await (await person.slash('log')).reply();
    const modal = await (await person.press(which, 'Riverside')).modal();
    const noted = await (await person.submit(modal, { 'Who with?': 'Riverside Council' })).reply();
    expect(noted.words).toContain('Noted');
    expect((await (await person.press(noted, 'Undo')).reply()).words).toMatch(/^undone/i);
    // On a server the question does not come.
    const here = await (await double.as(tom, square).slash('partner list')).reply();
    expect(here.words).toContain('Hillside School');
  });

  it('the buttons of a delivery carry its partnership', async () => {
    const { double, tom, guild, convenor, partnership } = harness;
    const identity = { platform: 'discord', workspace: guild.id, user: tom.id };
    const buttons = [{ label: 'Partners', command: 'partner list', args: {} }];
    await convenor.send({
      delivery: 'carried',
      partnership,
      address: { to: 'user', identity },
      reply: { text: [{ text: 'Good morning.' }], card: [{ kind: 'buttons', buttons }] },
    });
    const seen = double.sees(tom, double.directOf(tom)).at(-1);
    if (!seen) throw new Error('Nothing came.');
    const answer = await (await double.as(tom).press(seen, 'Partners')).reply();
    expect(answer.words).toContain('Riverside Council');
  });
});
