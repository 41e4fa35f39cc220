import { expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { contacts } from '../../../src/core/domain/contacts/contact.ts';
import { deliveries } from '../../../src/core/domain/deliveries/delivery.ts';
import { type Followup, followups } from '../../../src/core/domain/followups/followup.ts';
import { newFollowup } from '../../../src/core/domain/followups/rules.ts';
import { joinRequests } from '../../../src/core/domain/join-requests/join-request.ts';
import { READ_BY_EVERYBODY } from '../../../src/core/domain/members/visibility.ts';
import { newPartner } from '../../../src/core/domain/partners/new-partner.ts';
import { type Partner, partners } from '../../../src/core/domain/partners/partner.ts';
import type { New } from '../../../src/core/ports/store.ts';
import { memberId, newTalk, type Talk, type Who } from '../../fixtures/bot.ts';
import { newWorker } from '../../fixtures/worker.ts';

// Lists say "none", "all" and numbers. These partnerships have more rows than any page or limit.

const numbered = (count: number) => Array.from({ length: count }, (_, index) => index);
const idOf = ({ id }: Talk, name: string, index: number) =>
  `${id}-${name}-${String(index).padStart(4, '0')}`;

async function addFollowups(
  talk: Talk,
  count: number,
  who: Who | null,
  given: { title: string; day: string; ours?: boolean; more?: Partial<Followup> },
): Promise<void> {
  const owner = who && memberId(talk.id, who);
  const rows = numbered(count).map((index) => ({
    ...newFollowup(
      {
        id: idOf(talk, given.title, index),
        title: `${given.title} ${index}`,
        partner: null,
        contact: null,
        ours: given.ours ?? true,
        createdBy: memberId(talk.id, who ?? 'grace'),
        createdAt: new Date('2026-01-01T10:00:00Z'),
        who: owner,
        asked: null,
        askedBy: null,
      },
      { day: given.day },
    ),
    ...given.more,
  }));
  await talk.store.of(followups).insertAll(rows);
}

async function addPartners(
  talk: Talk,
  count: number,
  name: string,
  given: Partial<New<Partner>>,
): Promise<void> {
  const rows = numbered(count).map((index) => ({
    ...newPartner(idOf(talk, name, index), `${name} ${index}`),
    ...given,
  }));
  await talk.store.of(partners).insertAll(rows);
}

it('hands over all of 700 partners and 600 follow-ups, and takes all of them back', async () => {
  const talk = await newTalk();
  const [tom, grace] = [memberId(talk.id, 'tom'), memberId(talk.id, 'grace')];
  await addPartners(talk, 700, 'Club', { lead: tom });
  await addFollowups(talk, 600, 'tom', { title: 'Ring', day: '2026-12-01' });
  const said = await talk.say('grace', 'member left @Tom');
  expect(said.text).toContain('600 follow-ups');
  expect(said.text).toContain('700 partners');
  const left = await talk.press('grace', 'To me', said);
  const leads = (lead: string) =>
    talk.store.of(partners).count({ index: 'byLead', where: { archived: false, lead } });
  const owns = (who: string) =>
    talk.store.of(followups).count({ index: 'byWho', where: { state: 'open', who } });
  expect([await leads(tom), await leads(grace)]).toEqual([0, 700]);
  expect([await owns(tom), await owns(grace)]).toEqual([0, 600]);
  await talk.press('grace', 'Undo', left);
  expect([await leads(tom), await owns(tom)]).toEqual([700, 600]);
});

it('finds what others promised us behind 500 promises of ours', async () => {
  const talk = await newTalk();
  await addFollowups(talk, 500, 'tom', { title: 'Ours', day: '2026-11-20' });
  await addFollowups(talk, 1, 'tom', { title: 'Their lease', day: '2026-12-20', ours: false });
  const said = await talk.say('maya', 'followup list theirs');
  expect(said.text).toContain('1 follow-up that others promised us');
  expect(said.text).toContain('Their lease 0');
});

it('finds one by its words, though it is the 507th by date, and ones own first', async () => {
  const talk = await newTalk();
  await addFollowups(talk, 506, 'maya', { title: 'Early', day: '2026-11-20' });
  await addFollowups(talk, 1, 'tom', { title: 'Zebra crossing', day: '2027-12-20' });
  expect((await talk.say('tom', 'followup done zebra')).text).toContain('Zebra crossing 0');
  await addFollowups(talk, 1, 'grace', { title: 'Early bird', day: '2027-12-20' });
  expect((await talk.say('grace', 'followup done early')).text).toContain('Early bird 0');
});

it('counts every open follow-up in the heading of a list, and its last page is there', async () => {
  const talk = await newTalk();
  await addFollowups(talk, 505, 'tom', { title: 'Ring', day: '2026-11-02' });
  expect((await talk.say('tom', 'followup list')).text).toContain('You have 505 follow-ups');
  expect((await talk.say('maya', 'followup list late')).text).toContain('505 follow-ups late');
  const last = await talk.invoke('tom', 'followup list', { show: 'mine', page: '64' });
  expect(last.text).toContain('Ring 504');
  expect(last.buttons).not.toContain('More');
});

it('tells of all that are late, not of the first hundred', async () => {
  const talk = await newTalk();
  await addFollowups(talk, 505, 'tom', { title: 'Ring', day: '2026-11-02' });
  expect((await talk.say('tom', 'today')).text).toContain('505');
});

it('finds the one quiet partner that somebody leads behind 520 without a day', async () => {
  const talk = await newTalk();
  const lead = memberId(talk.id, 'tom');
  await addPartners(talk, 520, 'Club', { lead });
  await addPartners(talk, 1, 'Zoo', { lead, quietOn: '2026-11-01', nudgeOn: '2026-11-01' });
  expect((await talk.say('tom', 'quiet mine')).text).toContain('Zoo 0');
});

it('pages through the quiet partners of one lead, each once, also those of one day', async () => {
  const talk = await newTalk();
  const lead = memberId(talk.id, 'tom');
  await addPartners(talk, 25, 'Club', { lead, quietOn: '2026-11-01', nudgeOn: '2026-11-01' });
  const seen: string[] = [];
  let said = await talk.say('tom', 'quiet mine');
  for (;;) {
    seen.push(...[...said.text.matchAll(/Club \d+/g)].map(([name]) => name));
    if (!said.buttons.includes('More')) break;
    said = await talk.press('tom', 'More', said);
  }
  expect(seen.toSorted()).toEqual(
    numbered(25)
      .map((index) => `Club ${index}`)
      .toSorted(),
  );
});

it('a coordinator hears of the 101st that nobody owns', async () => {
  const talk = await newTalk();
  const more = { escalateOn: '2026-11-18' };
  await addFollowups(talk, 130, null, { title: 'Orphan', day: '2026-11-02', more });
  const worker = await newWorker(talk);
  await worker.until('2026-11-19T09:00:00Z');
  const [brief] = (await collect(talk.store.of(deliveries).all({ index: 'byId' }))).filter(
    ({ recipient, kind }) => kind === 'brief' && recipient === memberId(talk.id, 'grace'),
  );
  const named = brief?.items.filter((item) => /^(more:)?escalated:/.test(item));
  expect(named).toHaveLength(130);
  expect(worker.inbox('grace').at(-1)).toContain('130 things need a hand');
});

it('why knows every item of a long brief', async () => {
  const talk = await newTalk();
  await addFollowups(talk, 150, 'tom', { title: 'Ring', day: '2026-11-19' });
  const worker = await newWorker(talk);
  await worker.until('2026-11-19T09:00:00Z');
  const [brief] = (await collect(talk.store.of(deliveries).all({ index: 'byId' }))).filter(
    ({ recipient, kind }) => kind === 'brief' && recipient === memberId(talk.id, 'tom'),
  );
  expect(brief?.items.length).toBeGreaterThanOrEqual(150);
  const said = await talk.say('tom', `why #${brief?.id}`);
  expect(said.text).toContain('And 140 more in it');
});

it('shows the contacts of one day in the order in which they were noted, the newest first', async () => {
  const talk = await newTalk();
  await talk.say('tom', 'partner add Oakfield School');
  for (const topic of ['trees', 'gates', 'bins', 'books']) {
    await talk.say('tom', `log oakfield school rang about the ${topic}`);
    talk.clock.move({ minutes: 1 });
  }
  const { text } = await talk.say('tom', 'partner show oakfield school');
  const order = [...text.matchAll(/about the (\w+)/g)].map(([, topic]) => topic);
  expect(order).toEqual(['books', 'bins', 'gates', 'trees']);
});

it('keeps every contact of a day on one page, also of a day with more than a story reads', async () => {
  const talk = await newTalk();
  await talk.say('tom', 'partner add Oakfield School');
  const [school] = await collect(talk.store.of(partners).all({ index: 'byKey' }));
  const by = memberId(talk.id, 'tom');
  const row = (day: string, index: number) => ({
    id: idOf(talk, `contact${day}`, index),
    partner: school?.id ?? '',
    day,
    how: null,
    twoWay: true,
    note: `note ${day} ${index}.`,
    by,
    loggedAt: new Date(Date.parse('2026-11-17T10:00:00Z') + index),
    answerNotedAt: null,
    ...READ_BY_EVERYBODY,
  });
  await talk.store
    .of(contacts)
    .insertAll([
      ...numbered(230).map((index) => row('2026-11-17', index)),
      ...numbered(2).map((index) => row('2026-11-10', index)),
    ]);
  const said = await talk.say('tom', 'partner show oakfield school');
  const earlier = await talk.press('tom', 'See earlier', said);
  const shown = `${said.text} ${earlier.text}`;
  for (const index of [0, 229]) expect(shown).toContain(`note 2026-11-17 ${index}.`);
  for (const index of [0, 1]) expect(shown).toContain(`note 2026-11-10 ${index}.`);
});

it('says that more people have asked to be let in than it shows', async () => {
  const talk = await newTalk();
  const rows = numbered(7).map((index) => ({
    id: idOf(talk, 'visitor', index),
    identity: { platform: 'test', workspace: 'W', user: `visitor-${index}` },
    name: `Visitor ${index}`,
    zone: null,
    askedAt: new Date(Date.parse('2026-11-18T09:00:00Z') + index),
  }));
  await talk.store.of(joinRequests).insertAll(rows as never);
  const said = await talk.say('grace', 'members');
  expect(said.text).toContain('More people have asked');
});

it('notes every contact when many people log with one partner at the same moment', async () => {
  const talk = await newTalk();
  await talk.say('tom', 'partner add Oakfield School');
  const said = await Promise.all(
    numbered(24).map((index) => talk.say('tom', `log oakfield school rang about ${index}`)),
  );
  expect(said.filter(({ text }) => !text.startsWith('Noted'))).toEqual([]);
  expect(await talk.store.of(contacts).count({ index: 'byId' })).toBe(24);
  const [school] = await collect(talk.store.of(partners).all({ index: 'byKey' }));
  expect(school).toMatchObject({ lastContact: '2026-11-18', version: 25 });
  expect(talk.errors).toEqual([]);
});
