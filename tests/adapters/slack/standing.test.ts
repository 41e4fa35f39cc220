import { describe, expect, it } from 'vitest';
import { slack } from '../../../src/adapters/slack/adapter.ts';
import type { SlackHarness } from './harness.ts';
import { startHarness, type User } from './harness.ts';
import { startWorker } from './worker.ts';

/** A Wednesday, 10:00 in London. */
const START = Date.parse('2026-11-18T10:00:00Z');
const HOUR_MS = 3_600_000;
const STORY = 'partner show riverside council';
const VISITOR = 'need to be added by a coordinator';
const GUEST = 'only talk with full members';
const UNKNOWN = "Slack doesn't tell me who you are at the moment";

/** A partnership in which Tom has noted something about a partner. */
async function startStory() {
  const harness = await startHarness('socket', START);
  const chat = chatIn(harness);
  await chat.typed(harness.grace, 'partner add "Riverside Council"');
  await chat.typed(harness.tom, 'partner edit "Riverside Council" lead:me');
  await chat.typed(harness.tom, 'log riverside council Ann is unwell');
  return { ...harness, ...chat };
}

function chatIn({ double }: SlackHarness) {
  const inbox = (who: User) => double.sees(who, double.directOf(who)).map(({ words }) => words);
  return {
    typed: async (who: User, line: string) =>
      (await double.as(who).slash('/convenor', line)).reply(),
    inbox,
    /** The messages to somebody that have these words. */
    messagesWith: (who: User, words: string) => inbox(who).filter((text) => text.includes(words)),
    home: (who: User) => double.home(who)?.words ?? '',
    untilHome: (who: User, words: string) =>
      double.until(
        `a Home with "${words}"`,
        () => double.home(who)?.words.includes(words) || undefined,
      ),
  };
}

describe('somebody who has left', () => {
  it('stays out although their Home is refreshed, and it shows them nothing', async () => {
    const { double, grace, tom, typed, home, untilHome } = await startStory();
    await typed(tom, 'followup add ring Ann by:today');
    await typed(tom, 'today');
    await double.as(tom).openHome();
    await untilHome(tom, 'ring Ann');
    await typed(grace, 'member left @Tom to:none');
    expect((await typed(grace, 'members')).words).toMatch(/Tom.*has left/);

    await untilHome(tom, VISITOR);
    expect(home(tom)).not.toMatch(/Ann|Riverside/);
    // Another change refreshes the Homes of those who are here. Tom's is no longer among them.
    await double.as(grace).openHome();
    await double.until('a Home', () => double.home(grace));
    const before = double.calls.length;
    await typed(grace, 'followup add count the chairs by:today');
    await untilHome(grace, 'count the chairs');
    const shown = double.calls.slice(before).filter(({ method }) => method === 'views.publish');
    expect(shown.map(({ args }) => args.user_id)).toEqual([grace.id]);
    expect((await typed(grace, 'members')).words).toMatch(/Tom.*has left/);
    expect(double.violations).toEqual([]);
  });

  it('gets no story of a partner by speaking, until a coordinator lets them in again', async () => {
    const { double, grace, tom, typed } = await startStory();
    expect((await typed(tom, STORY)).words).toContain('Ann is unwell');
    await typed(grace, 'member left @Tom to:none');
    for (const line of [STORY, 'members', 'today', 'followup list']) {
      const refused = await typed(tom, line);
      expect(refused.words).toContain(VISITOR);
      expect(refused.words).not.toMatch(/Ann|Riverside|Grace/);
    }
    expect((await typed(grace, 'members')).words).toMatch(/Tom.*has left/);
    await typed(grace, `member add <@${tom.id}>`);
    expect((await typed(tom, STORY)).words).toContain('Ann is unwell');
    expect(double.violations).toEqual([]);
  });
});

describe.each([
  ['a guest', { guest: 'channels' }, /Tom is only a guest in Slack \(Riverside\) now/, GUEST],
  ['a guest in one channel', { guest: 'channel' }, /Tom is only a guest in/, GUEST],
  ['gone', { deleted: true }, /Tom is no longer in Slack \(Riverside\)/, 'this account is closed'],
] as const)('somebody whom Slack says is %s', (_, change, notice, refusal) => {
  const back = { guest: 'no', deleted: false } as const;

  it('is out at once, is sent nothing more, and the coordinators are told once', async () => {
    const harness = await startStory();
    const { double, grace, tom, typed, inbox, home, untilHome } = harness;
    const until = startWorker(harness);
    await typed(tom, 'followup add ring Ann by:"today 3pm"');
    await typed(tom, 'followup add see Riverside by:"tomorrow 3pm"');
    const list = await typed(tom, 'followup list');
    const form = await (await double.as(tom).slash('/log')).modal();
    expect(await double.as(tom).suggest(form, 'Who with?', 'river')).toContain('Riverside Council');
    await double.as(tom).openHome();
    await untilHome(tom, 'ring Ann');
    await until('2026-11-18T14:59:59Z');
    const before = inbox(tom).length;

    await double.change(tom, change);
    await untilHome(tom, refusal);
    expect(home(tom)).not.toMatch(/Ann|Riverside Council/);
    await until('2026-11-20T18:00:00Z');
    expect(inbox(tom)).toHaveLength(before);
    const [first, ...more] = inbox(grace).filter((words) => notice.test(words));
    expect(first).toContain('Still in their name: 2 follow-ups, the lead of 1 partner');
    expect(first).not.toContain('ring Ann');
    expect(more).toEqual([]);
    expect(inbox(grace).join()).not.toContain("couldn't deliver");

    if (!('deleted' in change)) {
      expect((await typed(tom, STORY)).words).toContain(refusal);
      const pressed = await (await double.as(tom).press(list, 'Done')).reply();
      expect(pressed.words).toContain(refusal);
      expect(await double.as(tom).suggest(form, 'Who with?', 'river')).not.toContain(
        'Riverside Council',
      );
      const sent = { 'What happened?': 'saw Zed' };
      await double.as(tom).submit(form, sent);
      expect((await typed(grace, STORY)).words).not.toContain('Zed');
    }
    // They come back: a coordinator has to let them in again.
    await double.change(tom, back);
    expect((await typed(tom, STORY)).words).toContain(VISITOR);
    await typed(grace, `member add <@${tom.id}>`);
    expect((await typed(tom, STORY)).words).toContain('Ann is unwell');
    expect(double.violations).toEqual([]);
  });

  it('is out also after a restart, when nobody has asked for them yet', async () => {
    const harness = await startStory();
    const { double, grace, tom, typed } = harness;
    await harness.restart();
    const asked = () => double.calls.filter(({ method }) => method === 'users.info').length;
    const before = asked();
    await double.change(tom, change);
    await expect
      .poll(async () => (await typed(grace, 'members')).words)
      .toMatch(/Tom.*has lost their access/);
    // Only Grace was looked up: the event said all of Tom.
    expect(asked() - before).toBe(1);
  });

  it('is sent nothing by a worker that does not listen, although the event was lost', async () => {
    const harness = await startStory();
    const { double, grace, tom, typed, inbox } = harness;
    const [{ token: botToken = '' } = {}] = double.world.installations;
    const connection = { kind: 'socket', botToken, appToken: double.app.appToken } as const;
    const options = { connection, apiUrl: double.apiUrl, ...harness.adapterDeps() };
    const until = startWorker(harness, slack(options));
    await typed(tom, 'followup add ring Ann by:"today 3pm"');
    const before = inbox(tom).length;
    Object.assign(tom, change);
    await until('2026-11-19T12:00:00Z');
    expect(inbox(tom)).toHaveLength(before);
    expect(inbox(grace).filter((words) => notice.test(words))).toHaveLength(1);
    expect(double.violations).toEqual([]);
  });
});

it('while Slack is silent nothing is shown or sent, and what was held comes later', async () => {
  const harness = await startStory();
  const { double, grace, tom, typed, inbox, messagesWith, untilHome } = harness;
  const until = startWorker(harness);
  await typed(tom, 'followup add ring Ann by:"today 3pm"');
  await double.as(tom).openHome();
  await untilHome(tom, 'ring Ann');
  const before = inbox(tom).length;
  await until('2026-11-18T14:00:00Z');
  double.faults.each('users.info', () => 'server error');
  await until('2026-11-18T15:20:00Z');
  expect(inbox(tom)).toHaveLength(before);
  expect((await typed(tom, STORY)).words).toContain(UNKNOWN);
  await double.as(tom).openHome();
  await untilHome(tom, UNKNOWN);

  double.faults.clear();
  await until('2026-11-18T15:25:00Z');
  expect(messagesWith(tom, 'ring Ann').length).toBeGreaterThan(0);
  expect((await typed(tom, STORY)).words).toContain('Ann is unwell');
  expect(messagesWith(grace, 'Tom is')).toEqual([]);
  // Their Home is still kept up to date.
  await typed(grace, `followup add lend the ladder by:today who:<@${tom.id}>`);
  await untilHome(tom, 'lend the ladder');
  expect(double.violations).toEqual([]);
});

it('what Slack said more than an hour ago is not believed', async () => {
  const { double, tom, typed } = await startStory();
  double.faults.each('users.info', () => 'server error');
  expect((await typed(tom, STORY)).words).toContain('Ann is unwell');
  double.world.pass(HOUR_MS + 1_000);
  expect((await typed(tom, STORY)).words).toContain(UNKNOWN);
});

it('changes of people who never used Convenor cost no call, and let nobody in', async () => {
  const { double, team, grace, typed } = await startStory();
  const others = Array.from({ length: 30 }, (_, index) =>
    double.addUser(team, { name: `Other ${index}` }),
  );
  const before = double.calls.length;
  for (const other of others) await double.change(other, { zone: 'Europe/Paris' });
  expect(double.calls).toHaveLength(before);
  expect((await typed(grace, 'members')).words).toContain('2 members');
});

it('an older change that comes late changes nothing', async () => {
  const { double, team, grace, tom, typed } = await startStory();
  const older = { id: tom.id, team_id: team.id, updated: tom.updated, profile: {}, name: 'Tommy' };
  double.world.pass(5_000);
  await double.change(tom, { name: 'Thomas' });
  await double.emit(team, 'user_change', { user: older });
  await typed(tom, 'me');
  expect((await typed(grace, 'members')).words).toContain('Thomas');
});

it('somebody who is removed from one workspace of an organisation is out there only', async () => {
  const harness = await startHarness('http', START);
  const { double, url } = harness;
  const chat = chatIn(harness);
  const county = double.addEnterprise('County');
  const [north, south] = [double.addTeam('North', county), double.addTeam('South', county)];
  const admin = double.addUser(north, { name: 'Olu', owner: true, admin: true });
  await double.install(admin, `${url}/slack/install`, { orgWide: true });
  const ola = double.addUser(south, { name: 'Ola', teams: [north.id, south.id] });
  const hall = double.addChannel(north, { members: [admin, ola] });
  const yard = double.addChannel(south, { members: [ola] });
  const said = async (who: User, where: typeof hall, line: string) =>
    (await double.as(who, where).slash('/convenor', line)).reply();
  await said(admin, hall, 'partner add "Riverside Council"');
  expect((await said(ola, hall, 'partner list')).words).toContain('Riverside Council');
  const noteWords = 'not set up here yet';
  expect((await said(ola, yard, 'partner list')).words).toContain(noteWords);

  await double.leaveWorkspace(ola, north);
  await expect
    .poll(async () => (await said(admin, hall, 'members')).words)
    .toMatch(/Ola.*has lost their access/);
  const until = startWorker(harness);
  await until('2026-11-18T10:30:00Z');
  expect(chat.messagesWith(admin, 'Ola is no longer in Slack (North)')).toHaveLength(1);
  expect((await said(ola, hall, 'partner list')).words).not.toContain('Riverside');
  expect((await said(ola, yard, 'partner list')).words).toContain(noteWords);
  expect(double.violations).toEqual([]);
});
