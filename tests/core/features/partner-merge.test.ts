import { describe, expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { contacts } from '../../../src/core/domain/contacts/contact.ts';
import { followups } from '../../../src/core/domain/followups/followup.ts';
import { partners } from '../../../src/core/domain/partners/partner.ts';
import { partnerships } from '../../../src/core/domain/partnerships/partnership.ts';
import {
  newRetentionSchedule,
  retentionSchedules,
} from '../../../src/core/domain/retention/schedule.ts';
import { updateWithRetry } from '../../../src/core/ports/store.ts';
import { newTalk, newWorkspace, profileOf, type Said, type Talk } from '../../fixtures/bot.ts';
import { newWorker } from '../../fixtures/worker.ts';

/** Riverside Council is in the register, and Riverside Cncl is the same one, added by mistake. */
async function withDouble(): Promise<Talk> {
  const talk = await newTalk();
  await talk.say('grace', 'partner add "Riverside Council" level:local lead:@Grace');
  const asked = await talk.say(
    'grace',
    'partner add "Riverside Cncl" aliases:RCC level:regional sector:council lead:@Tom every:"2 weeks"',
  );
  if (asked.buttons.includes('No, add it')) await talk.press('grace', 'No, add it', asked);
  await talk.say('tom', 'log "riverside council" met the clerk when:2026-11-02');
  await talk.say(
    'tom',
    'log "riverside cncl" rang about the lease when:2026-11-16 next:"send the lease" by:friday',
  );
  await talk.say('tom', 'log "riverside cncl" emailed the map when:2026-11-17');
  await talk.say('tom', 'followup add sign the form with:"riverside cncl" by:friday whose:theirs');
  talk.clock.move({ hours: 1 });
  return talk;
}

const preview = (talk: Talk, who = 'tom'): Promise<Said> =>
  talk.say(who, 'partner merge "riverside cncl" into:"riverside council"');

async function merge(talk: Talk, who = 'tom'): Promise<Said> {
  const said = await talk.press(who, 'Merge', await preview(talk, who));
  talk.clock.move({ minutes: 1 });
  return said;
}

describe('partner merge', () => {
  it('waits by itself while a reminder of one of the promises is being sent', async () => {
    const talk = await withDouble();
    const rows = talk.store.of(followups);
    const [promise] = await collect(rows.all({ index: 'byDueDay', where: { state: 'open' } }));
    const setSending = (sending: string | null) =>
      updateWithRetry(rows, promise?.id ?? '', (row) => ({ ...row, sending }));
    await setSending('a reminder');
    let pauses = 0;
    talk.whilePending = async () => {
      pauses++;
      await setSending(null);
    };
    expect((await merge(talk)).text).toContain('Riverside Cncl is part of Riverside Council now');
    expect(pauses).toBe(1);
    expect((await talk.say('tom', 'partner show "riverside council"')).text).toContain('map');
  });

  it('shows first what comes together and what differs', async () => {
    const talk = await withDouble();
    const said = await preview(talk);
    expect(said.text).toBe(
      [
        'Shall I merge Riverside Cncl into Riverside Council?',
        '2 conversations and 2 promises would move to Riverside Council. The name Riverside Cncl stays as another name, so that both find it.',
        'From Riverside Cncl it also gets: sector council and in touch every 2 weeks.',
        'These differ, and stay as Riverside Council has them: lead Grace (not Tom), level local (not regional).',
        'You can take them apart again for a week.',
      ].join('\n'),
    );
    expect(said.buttons).toEqual(['Merge', 'The other way round', 'Cancel']);
    const other = await talk.press('tom', 'The other way round', said);
    expect(other.text).toContain('Shall I merge Riverside Council into Riverside Cncl?');
    expect((await talk.say('tom', 'partner list')).text).toContain('2 partners in the register');
    expect((await preview(talk, 'maya')).text).toContain('only a worker or a coordinator can');
  });

  it('brings the whole story, the names and the gaps together', async () => {
    const talk = await withDouble();
    const said = await merge(talk);
    expect(said.text).toContain(
      'Done. Riverside Cncl is part of Riverside Council now, with 2 conversations and 2 promises. Both names find it. You can take it apart again until Wed 25 Nov 2026, 11:00: type partner unmerge Riverside Cncl.',
    );
    expect(said.buttons).toEqual(['Show', 'Take it apart again']);
    const list = await talk.say('tom', 'partner list');
    expect(list.text).toContain('1 partner in the register');
    expect((await talk.say('tom', 'partner list archived:yes')).text).toContain('archive is empty');
    for (const name of ['riverside cncl', 'rcc']) {
      const shown = await talk.say('tom', `partner show "${name}"`);
      for (const words of [
        'Riverside Council ·',
        'local · council',
        'Grace leads',
        'every 2 weeks',
      ])
        expect(shown.text).toContain(words);
      for (const words of ['the clerk', 'the lease', 'the map', 'sign the form'])
        expect(shown.text).toContain(words);
      expect(shown.text).toContain('Last spoken with on Tue 17 Nov. Goes quiet on Tue 1 Dec');
    }
    expect((await talk.say('tom', 'log rcc they rang back')).text).toContain('Riverside Council');
    const history = await talk.say('grace', 'history riverside council');
    expect(history.text).toContain('merged it with Riverside Cncl');
    expect(history.text.match(/added it/g)).toHaveLength(2);
    expect(history.text).not.toContain('archive');
    expect(history.text).not.toContain('partner of a contact');
  });

  it('leads old buttons, and adding it again, to the one that stays', async () => {
    const talk = await withDouble();
    const before = await talk.say('tom', 'partner show riverside cncl');
    const twice = await preview(talk);
    await merge(talk);
    const form = await talk.press('tom', 'Log', before);
    const noted = await talk.submit('tom', form.form, { note: 'said hello' });
    expect(noted.text).toContain('Riverside Council');
    expect((await talk.press('tom', 'Merge', twice)).text).toBe(
      'Riverside Council is one partner already. Nothing has changed.',
    );
    const added = await talk.say('tom', 'partner add "Riverside Cncl"');
    expect(added.text).toContain('is here already, as Riverside Council');
    const restored = await talk.say('tom', 'partner restore riverside cncl');
    expect(restored.text).toContain('Riverside Cncl was merged into Riverside Council');
    const apart = await talk.press('tom', 'Take it apart', restored);
    expect(apart.text).toContain('Taken apart.');
    expect(apart.text).toContain('stays with Riverside Council: 1 conversation');
  });

  it('sends a reminder that was set before, with the name of the one that stays', async () => {
    const talk = await withDouble();
    const worker = await newWorker(talk);
    await talk.say('tom', 'followup add ring them with:"riverside cncl" by:"today 15:00"');
    await merge(talk);
    await worker.until('2026-11-18T15:01:00Z');
    const sent = worker.platform.posted.map(({ reply }) => JSON.stringify(reply)).join('\n');
    expect(sent).toContain('ring them');
    expect(sent).toContain('Riverside Council');
    expect(worker.errors).toEqual([]);
  });

  it('undoes what was noted before it', async () => {
    const talk = await withDouble();
    const noted = await talk.say('tom', 'log riverside cncl said something wrong');
    await merge(talk);
    const undone = await talk.press('tom', 'Undo', noted);
    expect(undone.text).toBe('Undone: your note on Riverside Council of today is gone.');
  });

  it('finds in the night what was noted at its very moment', async () => {
    const talk = await withDouble();
    const [late] = (await collect(talk.store.of(partners).all({ index: 'byKey' }))).filter(
      ({ name }) => name === 'Riverside Cncl',
    );
    const noted = await collect(talk.store.of(contacts).all({ index: 'byId' }));
    await merge(talk);
    const row = noted.find(({ partner }) => partner === late?.id);
    await talk.store.of(contacts).insertAll([{ ...row, id: 'late', note: 'in between' } as never]);
    const worker = await newWorker(talk);
    const partnership = await talk.store.of(partnerships).get(talk.id);
    if (!partnership) throw new Error('There is no partnership.');
    const schedule = newRetentionSchedule(partnership, talk.clock.now());
    await talk.store.of(retentionSchedules).insert(schedule);
    await worker.until('2026-11-20T09:00:00Z');
    expect((await talk.say('tom', 'partner show riverside council')).text).toContain('in between');
    expect(worker.errors).toEqual([]);
  });

  it('asks no request twice and loses none', async () => {
    const talk = await newTalk();
    await talk.say('grace', 'partner add Oakfield School');
    await talk.say('grace', 'partner add Birch Surgery');
    const asked = await talk.say('tom', 'partner edit birch surgery lead:@Maya');
    expect(asked.text).toContain('asking');
    await talk.say('tom', 'partner merge birch surgery into:"oakfield school" sure:yes');
    const worker = await newWorker(talk);
    await worker.until('2026-11-18T11:30:00Z');
    const request = worker.platform.posted.find(({ reply }) =>
      JSON.stringify(reply).includes('lead accept'),
    );
    const said = request && { ...asked, reply: request.reply };
    expect((await talk.press('maya', 'Yes', said)).text).toContain('You lead Oakfield School now');
  });
});

describe('partner unmerge', () => {
  it('takes everything apart again for a week, whoever merged it', async () => {
    const talk = await withDouble();
    const before = await rowsOf(talk);
    await merge(talk);
    talk.clock.move({ days: 6 });
    const apart = await talk.say('grace', 'partner unmerge riverside council');
    expect(apart.text).toBe(
      'Taken apart. Riverside Cncl is a partner of its own again, with everything that came from it.',
    );
    expect(await rowsOf(talk)).toEqual(before);
    const again = await talk.press('grace', 'Merge them again', apart);
    expect(again.text).toContain('Shall I merge Riverside Cncl into Riverside Council?');
    await talk.press('grace', 'Merge', again);
    talk.clock.move({ days: 8 });
    const late = await talk.say('grace', 'partner unmerge riverside cncl');
    expect(late.text).toContain('more than a week ago, so I can no longer take them apart');
  });

  it('keeps what came since, and what somebody changed since', async () => {
    const talk = await withDouble();
    const said = await merge(talk);
    await talk.say(
      'tom',
      'log riverside council talked about the fair next:"book a stall" by:friday',
    );
    await talk.say('tom', 'partner edit riverside council sector:"local government"');
    const apart = await talk.press('tom', 'Take it apart again', said);
    expect(apart.text).toContain(
      'What was noted since stays with Riverside Council: 1 conversation and 1 promise.',
    );
    const kept = await talk.say('tom', 'partner show riverside council');
    for (const words of ['the fair', 'the clerk', 'book a stall', 'local government'])
      expect(kept.text).toContain(words);
    expect(kept.text).not.toContain('the lease');
    const double = await talk.say('tom', 'partner show riverside cncl');
    for (const words of ['the lease', 'the map', 'Tom leads', 'every 2 weeks'])
      expect(double.text).toContain(words);
    expect((await talk.press('tom', 'Take it apart again', said)).text).toBe(
      'Riverside Cncl is a partner of its own: nothing was merged into it. Nothing has changed.',
    );
  });

  it('is what undo offers', async () => {
    const talk = await withDouble();
    await merge(talk);
    const offered = await talk.say('tom', 'undo');
    expect(offered.buttons[0]).toBe('Take Riverside Cncl apart');
    const apart = await talk.press('tom', 'Take Riverside Cncl apart', offered);
    expect(apart.text).toContain('Taken apart.');
    expect((await talk.say('tom', 'undo')).buttons).not.toContain('Take Riverside Cncl apart');
  });

  it('takes the later of two merges apart first', async () => {
    const talk = await withDouble();
    const before = await rowsOf(talk);
    await merge(talk);
    await talk.say('grace', 'partner add "Oakfield School"');
    await talk.say('grace', 'partner merge riverside council into:"oakfield school" sure:yes');
    expect((await talk.say('tom', 'partner show rcc')).text).toContain('Oakfield School ·');
    const first = await talk.say('grace', 'partner unmerge riverside cncl');
    expect(first.text).toContain('which was merged itself since. Take that one apart first.');
    await talk.press('grace', 'Take Riverside Council apart', first);
    await talk.say('grace', 'partner unmerge riverside cncl');
    const after = (await rowsOf(talk)).filter(({ name }) => name !== 'Oakfield School');
    expect(after).toEqual(before);
  });
});

/** What each partner has, without what changes with each write. */
async function rowsOf({ store }: Talk) {
  const notes = await collect(store.of(contacts).all({ index: 'byId' }));
  const rows = await collect(store.of(partners).all({ index: 'byKey' }));
  return rows.map(({ version, merges, ...row }) => ({
    ...row,
    notes: notes.filter(({ partner }) => partner === row.id).map(({ note }) => note),
  }));
}

describe('ties', () => {
  /** Grace coordinates, Tom is a worker; Kim belongs to the council, and Maya to its double. */
  async function withTies(): Promise<Talk> {
    const talk = await newWorkspace();
    talk.profiles.grace = profileOf('Grace', { standing: 'owner' });
    await talk.say('grace', 'partner add "Alder Council"');
    await talk.say('grace', 'partner add "Birch Office"');
    for (const name of ['Kim', 'Maya', 'Tom']) {
      talk.profiles[name.toLowerCase()] = profileOf(name);
      await talk.say(name.toLowerCase(), 'today');
      await talk.say('grace', `member role ${name} worker`);
    }
    await talk.say('grace', 'member tie kim "alder council"');
    await talk.say('grace', 'member tie maya "birch office"');
    await talk.say('grace', 'log alder council the alder secret');
    await talk.say('grace', 'log birch office the birch secret');
    talk.clock.move({ hours: 1 });
    return talk;
  }
  const sees = async (talk: Talk, who: string, name: string) =>
    (await talk.say(who, `partner show "${name}"`)).text;

  it('are united, and as before when the two are taken apart', async () => {
    const talk = await withTies();
    for (const who of ['kim', 'maya'])
      expect((await talk.say(who, 'partner merge birch office into:"alder council"')).text).toMatch(
        /^You're part of (Alder Council|Birch Office), so somebody else has to merge it/,
      );
    await talk.say('tom', 'partner merge birch office into:"alder council" sure:yes');
    for (const who of ['kim', 'maya'])
      expect(await sees(talk, who, 'alder council')).not.toContain('secret');
    expect((await talk.say('maya', 'members')).text).toContain('belongs to Alder Council');
    expect((await talk.say('maya', 'members')).text).not.toContain('Council, Alder');
    expect((await talk.say('maya', 'partner unmerge birch office')).text).toContain('part of');
    const apart = await talk.say('tom', 'partner unmerge birch office');
    expect(apart.text).not.toContain('belongs');
    expect(await sees(talk, 'kim', 'birch office')).toContain('the birch secret');
    expect(await sees(talk, 'maya', 'alder council')).toContain('the alder secret');
    expect(await sees(talk, 'maya', 'birch office')).not.toContain('secret');
  });

  it('stay if something was noted meanwhile, which may be about either', async () => {
    const talk = await withTies();
    await talk.say('tom', 'partner merge birch office into:"alder council" sure:yes');
    talk.clock.move({ minutes: 1 });
    await talk.say('grace', 'log birch office a new secret');
    const apart = await talk.say('tom', 'partner unmerge birch office');
    expect(apart.text).toContain('Who belongs to Birch Office still belongs to Alder Council too');
    expect(await sees(talk, 'maya', 'alder council')).not.toContain('secret');
  });

  it('a private promise is not counted for others', async () => {
    const talk = await withTies();
    await talk.say('grace', 'log private birch office hush next:"a hidden thing" by:friday');
    const said = await talk.say('tom', 'partner merge birch office into:"alder council"');
    expect(said.text).toContain('2 conversations would move');
    await talk.press('tom', 'Merge', said);
    expect(await sees(talk, 'tom', 'alder council')).not.toContain('hidden thing');
    expect(await sees(talk, 'grace', 'alder council')).toContain('hidden thing');
  });
});

describe('the offer to merge', () => {
  it('stands beside a partner that was added although one is like it', async () => {
    const talk = await newTalk();
    await talk.say('grace', 'partner add "Hull Foodbank"');
    const asked = await talk.say('grace', 'partner add "Hull Food Bank"');
    const added = await talk.press('grace', 'No, add it', asked);
    expect(added.buttons).toContain('Merge them…');
    const shown = await talk.say('tom', 'partner show hull foodbank');
    expect(shown.text).toContain('Is Hull Food Bank the same partner?');
    expect((await talk.press('tom', 'Merge them…', shown)).text).toContain(
      'Shall I merge Hull Foodbank into Hull Food Bank?',
    );
    const member = await talk.say('maya', 'partner show hull foodbank');
    expect(member.buttons).not.toContain('Merge them…');
  });
});
