import { describe, expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { allCommands } from '../../../src/core/bot/commands.ts';
import { followups } from '../../../src/core/domain/followups/followup.ts';
import { members } from '../../../src/core/domain/members/member.ts';
import { may, type Role, roles } from '../../../src/core/domain/members/rights.ts';
import { partners } from '../../../src/core/domain/partners/partner.ts';
import { namesChanged } from '../../../src/core/domain/partnerships/partnership.ts';
import { receipts } from '../../../src/core/domain/receipts/receipt.ts';
import { newTalk, type Talk, type Who } from '../../fixtures/bot.ts';
import { commandCase, filledIn } from '../../fixtures/command-cases.ts';

const words = { x: 'Alder', channel: '<#C1>', tom: '@Tom' };

async function setRole(talk: Talk, who: Who, role: Role): Promise<void> {
  await talk.store.of(members).save({ ...(await talk.member(who)), role });
  await namesChanged(talk.store);
}

async function council(talk: Talk) {
  const [row] = await collect(talk.store.of(partners).all({ index: 'byKey' }));
  return row;
}

/** Grace uses a command with the args of its case. */
async function afterCommand(name: string): Promise<{ talk: Talk; receipt: string | undefined }> {
  const talk = await newTalk();
  await talk.say('grace', 'partner add "Riverside Council" every:"6 weeks"');
  const { before, args } = filledIn(commandCase(name), words);
  for (const line of before) await talk.say('grace', line);
  // A new instant, so that its receipt is the last one.
  talk.clock.move({ minutes: 1 });
  await talk.invoke('grace', name, args);
  const where = { partnership: talk.id, actor: (await talk.member('grace')).id, undoable: true };
  const query = { index: 'byActor', where, descending: true } as const;
  const { rows } = await talk.stores.global(receipts).find(query, 1);
  return { talk, receipt: rows[0]?.command === name ? rows[0].id : undefined };
}

const undoable = [...allCommands().values()].filter(({ writes }) => writes);

describe('undoing a command needs the right that the command needs', () => {
  it.each(undoable.map(({ name, guard }) => [name, guard] as const))(
    '%s: %s',
    async (name, guard) => {
      const { talk, receipt } = await afterCommand(name);
      await setRole(talk, 'tom', 'coordinator');
      for (const role of roles) {
        if (!receipt || may(role, guard)) continue;
        await setRole(talk, 'grace', role);
        const said = await talk.invoke('grace', 'undo', { which: `#${receipt}` });
        expect(said.text).toMatch(
          /^Sorry, only a .*coordinator can do that\. Nothing has changed\.$/,
        );
        expect(said.audience).toBe('actor');
        expect((await talk.stores.global(receipts).get(receipt))?.undoable).toBe(true);
      }
      // With the right it works.
      await setRole(talk, 'grace', 'coordinator');
      if (receipt && name !== 'member tie') {
        const said = await talk.invoke('grace', 'undo', { which: `#${receipt}` });
        // To merge two partners again is asked about, with its preview.
        const expected = ['partner unmerge', 'handover', 'hand back'].includes(name)
          ? 'Shall I take that back?'
          : 'Undone';
        expect(said.text).toContain(expected);
      }
    },
  );

  it('is tried with most of these commands', async () => {
    const found = await Promise.all(undoable.map(({ name }) => afterCommand(name)));
    expect(found.filter(({ receipt }) => receipt).length).toBeGreaterThan(undoable.length / 2);
  });
});

describe('roles and ties', () => {
  it('nobody gets back by Undo what they gave up or lost', async () => {
    const talk = await newTalk();
    await talk.say('grace', 'member role tom coordinator');
    const gaveUp = await talk.say('tom', 'member role tom worker');
    expect((await talk.press('tom', 'Undo', gaveUp)).text).toContain('only a coordinator');
    expect(await talk.member('tom')).toMatchObject({ role: 'worker' });
  });

  it('a demoted coordinator demotes nobody by Undo', async () => {
    const talk = await newTalk();
    await talk.say('grace', 'member role tom coordinator');
    const made = await talk.say('tom', 'member role maya coordinator');
    await talk.say('grace', 'member role tom worker');
    expect((await talk.press('tom', 'Undo', made)).text).toContain('only a coordinator');
    expect(await talk.member('maya')).toMatchObject({ role: 'coordinator' });
  });

  it('a tie of one’s own is not undone, also not by a coordinator', async () => {
    const talk = await newTalk();
    await talk.say('tom', 'partner add Riverside Council');
    await talk.say('grace', 'member role maya coordinator');
    const tied = await talk.say('maya', 'member tie maya riverside council');
    expect((await talk.press('maya', 'Undo', tied)).text).toBe(
      'That is about your own role or tie, so another coordinator has to do it. Nothing has changed.',
    );
    await talk.say('grace', 'member role maya member');
    expect((await talk.press('maya', 'Undo', tied)).text).toContain('only a coordinator');
    expect((await talk.member('maya')).tiedTo).toEqual([(await council(talk))?.id]);
  });

  it('what a demoted worker archived stays archived', async () => {
    const talk = await newTalk();
    await talk.say('tom', 'partner add Riverside Council');
    const archived = await talk.say('tom', 'partner archive riverside council');
    await talk.say('grace', 'member role tom member');
    expect((await talk.press('tom', 'Undo', archived)).text).toContain(
      'only a worker or a coordinator',
    );
    expect(await council(talk)).toMatchObject({ archived: true });
  });

  it('what a demoted worker changed for somebody else is no longer theirs to change', async () => {
    const talk = await newTalk();
    await talk.say('maya', 'followup add ring Sue by:friday');
    const edited = await talk.say('tom', 'followup edit ring sue next:"ring Sue twice"');
    await talk.say('grace', 'member role tom member');
    expect((await talk.press('tom', 'Undo', edited)).text).toContain('no longer yours to change');
    const [row] = await collect(talk.store.of(followups).all({ index: 'byDueDay' }));
    expect(row?.title).toBe('ring Sue twice');
  });

  it('a demoted coordinator takes no promise from one member to give it to another', async () => {
    const talk = await newTalk();
    await talk.say('grace', 'member role tom coordinator');
    await talk.say('maya', 'followup add ring Sue by:friday');
    const given = await talk.say('tom', 'followup ask ring sue who:@Grace');
    expect(given.text).toContain('Grace has ring Sue now');
    await talk.say('grace', 'member role tom worker');
    expect((await talk.press('tom', 'Undo', given)).text).toContain('no longer yours to change');
  });
});

describe('buttons from before', () => {
  it('a demoted coordinator’s are refused, in private', async () => {
    const talk = await newTalk();
    await talk.say('grace', 'member role tom coordinator');
    const list = await talk.say('tom', 'members');
    await talk.say('grace', 'member role tom worker');
    for (const label of ['Change role', 'Belongs to a partner', 'Has left']) {
      const said = await talk.press('tom', label, list);
      expect(said.audience).toBe('actor');
      expect(said.form).toBeUndefined();
      expect(said.text).toContain('only a coordinator');
    }
  });

  it('those of somebody who has left do nothing', async () => {
    const talk = await newTalk();
    await talk.say('maya', 'partner add Riverside Council');
    const noted = await talk.say('tom', 'log riverside council met next:"send the plan" by:friday');
    const list = await talk.say('tom', 'followup list');
    await talk.say('grace', 'member left tom to:none');
    const before = await collect(talk.store.of(followups).all({ index: 'byDueDay' }));
    for (const [label, said] of [
      ['Change', noted],
      ['Undo', noted],
      ['Done', list],
    ] as const) {
      const answer = await talk.press('tom', label, said);
      expect(answer.audience).toBe('actor');
      expect(answer.form).toBeUndefined();
      expect(answer.text).not.toMatch(/plan|council/i);
    }
    expect(await collect(talk.store.of(followups).all({ index: 'byDueDay' }))).toEqual(before);
  });
});

describe('somebody who has left', () => {
  it.each([
    ['partner edit riverside council lead:@tom', 'lead'],
    ['partner add "Oakfield School" lead:@tom', 'lead'],
    ['member tie @tom riverside council', 'tie'],
    ['member role @tom worker', 'role'],
    ['followup add ring Sue who:@tom', 'owner'],
    ['log riverside council met next:"ring Sue" who:@tom', 'owner'],
    ['setup Riverside worker:@tom', 'role'],
  ])('%s: is refused', async (line) => {
    const talk = await newTalk();
    const tom = await talk.member('tom');
    await talk.say('maya', 'partner add Riverside Council');
    await talk.say('grace', 'member left tom to:none');
    const said = await talk.say('grace', line.replace('@tom', `#${tom.id}`));
    expect(said.text).toContain('Tom has left. Who else could do it?');
    expect(await council(talk)).toMatchObject({ lead: null });
    expect(await talk.member('tom')).toMatchObject({ tiedTo: [] });
    expect(await collect(talk.store.of(followups).all({ index: 'byDueDay' }))).toEqual([]);
  });

  it('gets nothing back by an Undo: it belongs to nobody yet', async () => {
    const talk = await newTalk();
    await talk.say('maya', 'partner add Riverside Council lead:@Tom');
    await talk.say('tom', 'followup add ring Sue by:friday');
    const taken = await talk.say('grace', 'followup ask ring sue who:@Maya');
    const led = await talk.say('grace', 'partner edit riverside council lead:@Maya');
    await talk.say('grace', 'member left tom to:none');
    await talk.press('grace', 'Undo', taken);
    await talk.press('grace', 'Undo', led);
    expect(await council(talk)).toMatchObject({ lead: null });
    const [row] = await collect(talk.store.of(followups).all({ index: 'byDueDay' }));
    expect(row).toMatchObject({ who: null, escalateOn: '2026-11-18' });
  });
});
