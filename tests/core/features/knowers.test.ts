import { beforeEach, describe, expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { readKnowers } from '../../../src/core/domain/acquaintances/knowers.ts';
import { directoriesOf } from '../../../src/core/domain/directory/directory.ts';
import { partners } from '../../../src/core/domain/partners/partner.ts';
import { partnerships } from '../../../src/core/domain/partnerships/partnership.ts';
import {
  newRetentionSchedule,
  retentionSchedules,
} from '../../../src/core/domain/retention/schedule.ts';
import { newTalk, type Talk, ZONE } from '../../fixtures/bot.ts';
import { newWorker, type TestWorker } from '../../fixtures/worker.ts';

// The fixture's time begins on Wednesday 18 November 2026, 10:00 in London. Grace coordinates, Tom is a worker.

let talk: Talk;
beforeEach(async () => {
  talk = await newTalk();
  await talk.say('grace', 'partner add "Oakfield School"');
  return () => expect(talk.errors).toEqual([]);
});

const show = async (who: 'maya' | 'tom' | 'grace') =>
  (await talk.say(who, 'partner show oakfield school')).text;

/** A worker for a partnership in which the work of each night is done. */
async function nightWorker(): Promise<TestWorker> {
  const schedule = newRetentionSchedule({ id: talk.id, zone: ZONE }, talk.clock.now());
  await talk.store.of(retentionSchedules).insert(schedule);
  return newWorker(talk);
}

/** Who knows the only partner, with their days. */
async function knownOn(today: string): Promise<string[]> {
  const partnership = await talk.store.of(partnerships).get(talk.id);
  if (!partnership) throw new Error('There is no partnership.');
  const directory = await directoriesOf(talk.stores).of(partnership);
  const [only] = await collect(
    talk.store.of(partners).all({ index: 'byName', where: { archived: false } }),
  );
  const { known } = await readKnowers(only?.id ?? '', today, { store: talk.store, directory });
  return known.map(({ member, day }) => `${member.name} ${day}`);
}

describe('who knows a partner', () => {
  it('is whoever had a two-way contact in the last year, the latest first', async () => {
    await talk.say('maya', 'log oakfield school met when:2026-10-02');
    await talk.say('maya', 'log oakfield school met when:2026-11-06');
    await talk.say('tom', 'log oakfield school met when:2026-11-09');
    await talk.say('grace', 'log oakfield school rang noreply');
    expect(await knownOn('2026-11-18')).toEqual(['Tom 2026-11-09', 'Maya 2026-11-06']);
    expect(await knownOn('2027-11-07')).toEqual(['Tom 2026-11-09']);
    expect(await knownOn('2027-11-10')).toEqual([]);
  });

  it('follows a correction, a removal and an undo', async () => {
    const first = await talk.say('tom', 'log oakfield school met when:2026-11-09');
    const said = await talk.say('maya', 'log oakfield school met when:2026-11-06');
    const wrong = await talk.say('maya', 'partner show oakfield school');
    await talk.press('maya', 'Undo', said);
    expect(await knownOn('2026-11-18')).toEqual(['Tom 2026-11-09']);
    expect(wrong.text).toContain('You and one other of us know them.');
    await talk.press('tom', 'Undo', first);
    expect(await knownOn('2026-11-18')).toEqual([]);
  });

  it('follows a merge of partners', async () => {
    await talk.say('grace', 'partner add "Oakfield Primary"');
    await talk.say('maya', 'log oakfield primary met');
    const preview = await talk.say('grace', 'partner merge oakfield primary into oakfield school');
    await talk.press('grace', 'Merge', preview);
    expect(await knownOn('2026-11-18')).toEqual(['Maya 2026-11-18']);
  });

  it('is counted for those who do not coordinate', async () => {
    await talk.say('maya', 'log oakfield school met');
    expect(await show('maya')).toContain('Of us, only you know them.');
    expect(await show('tom')).toContain('Only one of us knows them. It would help');
    expect(await show('grace')).toContain('Only Maya has been in touch, last on Wed 18 Nov.');
    await talk.say('grace', 'log oakfield school met');
    expect(await show('tom')).toContain('2 of us know them.');
  });

  it('names those who agreed to that, and stops when they no longer do', async () => {
    await talk.say('maya', 'log oakfield school met');
    const agreed = await talk.say('maya', 'me known:everybody');
    expect(agreed.text).toContain('Everybody here can see which partners you know.');
    expect(await show('tom')).toContain('Only one of us knows them, Maya (Wed 18 Nov).');
    await talk.press('maya', 'Undo', agreed);
    expect(await show('tom')).toContain('Only one of us knows them. ');
  });

  it('is not told to somebody who belongs to the partner', async () => {
    await talk.say('maya', 'log oakfield school met');
    await talk.say('grace', 'member tie @Tom oakfield school');
    expect(await show('tom')).not.toMatch(/of us|Maya/);
  });

  it('says so when only workers know them', async () => {
    await talk.say('grace', 'member role @Maya worker');
    await talk.say('maya', 'log oakfield school met');
    await talk.say('tom', 'log oakfield school met');
    const story = await talk.say('grace', 'partner show oakfield school');
    expect(story.text).toContain('All of them are paid workers. It would help if a resident');
    expect(story.buttons).toContain('Introduce somebody');
  });
});

describe('introduce', () => {
  it('gives both a task, with a sentence to send', async () => {
    const worker = await newWorker(talk);
    await talk.say('maya', 'log oakfield school met');
    const said = await talk.say('grace', 'introduce @Tom to:"oakfield school"');
    expect(said.text).toContain('Maya and Tom have a task each, by Wed 25 Nov.');
    expect(said.text).toContain("I'd like you to meet Tom");
    await worker.until('2026-11-18T10:05:00Z');
    expect(worker.inbox('maya').join('\n')).toContain(
      'Grace asks you to introduce Tom to Oakfield School by Wed 25 Nov 2026, so that more of us know them. A sentence you could send: "Hello,',
    );
    expect(worker.inbox('tom').join('\n')).toContain('Meet Oakfield School with Maya');
    await talk.press('grace', 'Undo', said);
    expect((await talk.say('maya', 'today')).text).not.toContain('Introduce');
    expect(worker.errors).toEqual([]);
  });

  it('refuses who is part of the partner, who knows them already, and members', async () => {
    await talk.say('maya', 'log oakfield school met');
    expect((await talk.say('grace', 'introduce @Maya oakfield school')).text).toContain(
      'Maya knows Oakfield School already.',
    );
    await talk.say('grace', 'member tie @Tom oakfield school');
    expect((await talk.say('grace', 'introduce @Tom oakfield school')).text).toContain(
      'Tom is part of Oakfield School.',
    );
    expect((await talk.say('maya', 'introduce @Grace oakfield school')).text).toContain(
      'coordinator',
    );
  });

  it('needs somebody who knows them', async () => {
    expect((await talk.say('grace', 'introduce @Tom oakfield school')).text).toContain(
      'Nobody here has been in touch with Oakfield School in the last year',
    );
  });
});

describe('only one of us', () => {
  it('is a number in the digest, after a night', async () => {
    const worker = await nightWorker();
    await talk.say('maya', 'log oakfield school met');
    await worker.until('2026-11-19T07:00:00Z');
    expect((await talk.say('grace', 'digest preview')).text).toContain(
      '1 partner is known to only one of us.',
    );
    await talk.say('tom', 'log oakfield school met');
    await worker.until('2026-11-20T07:00:00Z');
    expect((await talk.say('grace', 'digest preview')).text).not.toContain('known to only');
  });

  it('comes once in a brief that comes anyway, at the start of a week, after four weeks', async () => {
    const worker = await nightWorker();
    await talk.say('maya', 'log oakfield school met when:2026-11-18');
    await worker.until('2026-12-27T12:00:00Z');
    const line = 'Of us, only Maya knows Oakfield School.';
    expect(worker.inbox('grace').join('\n')).not.toContain(line);
    await talk.say('grace', 'followup add water the trees by:2026-12-29');
    await talk.say('grace', 'followup add water the flowers by:2027-01-05');
    await worker.until('2027-01-12T12:00:00Z');
    expect(worker.inbox('grace').filter((text) => text.includes(line))).toHaveLength(1);
    expect(worker.inbox('tom').join('\n')).not.toContain(line);
    expect(worker.errors).toEqual([]);
  });
});

describe('who knows them already', () => {
  it('is picked from a list, a page at a time, and makes nobody a lead', async () => {
    for (let count = 1; count <= 9; count++) await talk.say('grace', `partner add "Club ${count}"`);
    const list = await talk.say('maya', 'me knows');
    expect(list.text).toContain('Which of these do you know?');
    expect(list.buttons).toContain('More');
    const asked = await talk.press('maya', 'I know them', list);
    expect(asked.text).toContain('Noted: you know Club 1. Would you keep in touch with them?');
    const next = await talk.press('maya', 'I only know them', asked);
    expect(next.text).toContain('Which of these do you know?');
    expect(next.text).not.toContain('Club 1');
    const story = (await talk.say('grace', 'partner show club 1')).text;
    expect(story).toContain('Maya says they know them.');
    expect(story).not.toContain('Maya leads');
  });

  it('is said in plain words, and taken back', async () => {
    const said = await talk.say('maya', 'I know oakfield school');
    const kept = await talk.press('maya', 'Yes', said);
    expect(kept.text).toContain('You keep in touch with Oakfield School from now on.');
    expect((await talk.say('grace', 'partner show oakfield school')).text).toContain('Maya');
    await talk.press('maya', 'Undo', kept);
    await talk.press('maya', 'Undo', said);
    expect(await show('grace')).not.toContain('says they know them');
    await talk.say('maya', 'me knows oakfield school');
    await talk.say('maya', 'me knows oakfield school off');
    expect(await show('grace')).not.toContain('says they know them');
  });

  it('is asked once of each member', async () => {
    const worker = await newWorker(talk);
    await talk.invoke('grace', 'knows ask', {});
    await talk.invoke('grace', 'knows ask', {});
    await worker.until('2026-11-18T10:10:00Z');
    expect(
      worker
        .inbox('maya')
        .join('\n')
        .match(/Which of them do you know already/g),
    ).toHaveLength(1);
  });
});
