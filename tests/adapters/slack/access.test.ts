import { describe, expect, it } from 'vitest';
import { type SlackHarness, startHarnessWithPartner, type User } from './harness.ts';

const MINUTE_MS = 60_000;
const VISITOR = 'need to be added by a coordinator';
const UNKNOWN = "Slack doesn't tell me who you are at the moment";

/** Grace coordinates. Tom is a member, and in a channel; Ann and Ben have never used Convenor, and Ann is in it too. */
async function startWithChannel(kind: 'public' | 'private' = 'public') {
  const harness = await startHarnessWithPartner();
  const { double, team, grace, tom } = harness;
  const ann = double.addUser(team, { name: 'Ann' });
  const ben = double.addUser(team, { name: 'Ben' });
  const residents = double.addChannel(team, { name: 'residents', kind, members: [tom, ann] });
  const said = async (who: User, line: string) =>
    (await double.as(who).slash('/convenor', line)).reply();
  await said(tom, 'me');
  return {
    ...harness,
    ...{ ann, ben, residents, said },
    channel: `<#${residents.id}|residents>`,
    list: async (who: User) => (await said(who, 'partner list')).words,
    members: async () => (await said(grace, 'members')).words,
    /** Lets a minute pass, after which Slack is asked again who is in a channel. */
    wait: () => double.world.pass(MINUTE_MS + 1_000),
  };
}

/** Takes scopes away, as if the person who installed Convenor had declined them. */
function decline({ double }: SlackHarness, ...scopes: string[]): void {
  for (const app of double.world.installations)
    app.scopes = new Set([...app.scopes].filter((scope) => !scopes.includes(scope)));
}

describe.each(['public', 'private'] as const)('the members of a %s channel', (kind) => {
  it('join by talking; others ask; somebody who leaves the channel is out', async () => {
    const harness = await startWithChannel(kind);
    const { double, grace, tom, ann, ben, residents, said, channel, list, members } = harness;
    if (kind === 'private') double.invite(residents, 'app');
    const chosen = await said(grace, `access ${channel}`);
    expect(chosen.words).toContain('becomes a member by talking to me, and is out again');
    expect(chosen.words).toContain(
      'Members who are here now stay. To take somebody out: /convenor member left.',
    );
    expect(JSON.stringify(chosen.blocks)).toContain(residents.id);

    expect(await list(ann)).toContain('Riverside Council');
    expect(await list(ben)).toContain(VISITOR);
    expect(await list(tom)).toContain('Riverside Council');
    expect(await list(grace)).toContain('Riverside Council');

    await double.kick(residents, ann);
    harness.wait();
    expect(await list(ann)).toContain(VISITOR);
    expect(await members()).toMatch(/Ann.*has lost their access/);
    double.invite(residents, ann);
    harness.wait();
    expect(await list(ann)).toContain(VISITOR);
    await said(grace, `member add <@${ann.id}>`);
    expect(await list(ann)).toContain('Riverside Council');
    expect(double.violations).toEqual([]);
  });
});

it('who was a member before the channel was chosen stays, in the channel or not', async () => {
  const { double, team, grace, said, channel, list, wait } = await startWithChannel();
  const zoe = double.addUser(team, { name: 'Zoe' });
  await said(zoe, 'me');
  await said(grace, `access channel:${channel}`);
  wait();
  expect(await list(zoe)).toContain('Riverside Council');
  expect(double.violations).toEqual([]);
});

it('a channel never puts out the last coordinator', async () => {
  const { double, grace, tom, residents, said, channel, list, wait } = await startWithChannel();
  await said(grace, `access ${channel}`);
  await said(tom, 'me');
  await said(grace, `member role <@${tom.id}> coordinator`);
  await said(tom, `member role <@${grace.id}> member`);
  await double.kick(residents, tom);
  wait();
  expect(await list(tom)).toContain('Riverside Council');
});

it('a channel that was deleted lets nobody in, and those it let in are out', async () => {
  const { double, grace, ann, residents, said, channel, list, members, wait } =
    await startWithChannel();
  await said(grace, `access ${channel}`);
  await list(ann);
  double.world.channels.delete(residents.id);
  wait();
  expect(await list(ann)).toContain(VISITOR);
  expect(await members()).toMatch(/Ann.*has lost their access/);
  expect(await list(grace)).toContain('Riverside Council');
});

it('while Slack does not tell who is in the channel, nothing is shown, and nobody is out', async () => {
  const harness = await startWithChannel();
  const { double, grace, ann, said, channel, list, members, wait } = harness;
  await said(grace, `access ${channel}`);
  await list(ann);
  wait();
  double.faults.next('conversations.members', 'server error');
  expect(await list(ann)).toContain(UNKNOWN);
  expect(await list(ann)).toContain('Riverside Council');
  decline(harness, 'channels:read');
  wait();
  expect(await list(ann)).toContain(UNKNOWN);
  expect(await list(grace)).toContain('Riverside Council');
  expect(await members()).not.toContain('lost');
});

it('a channel whose members Slack does not tell is not taken, and the answer says what to do', async () => {
  const harness = await startWithChannel('private');
  const { double, grace, ann, residents, said, channel, list } = harness;
  const refused = await said(grace, `access ${channel}`);
  expect(refused.words).toContain("I can't see who is in");
  expect(refused.words).toContain('nothing has changed');
  expect(refused.words).toContain('type /invite @Convenor there');
  expect((await said(grace, 'access')).words).toContain('Every full member of this workspace');

  double.invite(residents, 'app');
  decline(harness, 'groups:read');
  expect((await said(grace, `access ${channel}`)).words).toContain(
    'Install me in this workspace again, and allow me to see who is in a channel: channels:read, and groups:read if it is private.',
  );
  double.faults.next('conversations.members', 'server error');
  expect((await said(grace, `access ${channel}`)).words).toContain('try again in a minute');
  expect(await list(ann)).toContain('Riverside Council');
  // The scope that was declined is tried all the same, since it may have been given since.
  expect(double.violations).toEqual([expect.stringContaining('groups:read is missing')]);
});

it('a coordinator picks the channel in a form, without typing a line', async () => {
  const { double, grace, ben, residents, said, list } = await startWithChannel();
  const shown = await said(grace, 'access');
  const form = await (await double.as(grace).press(shown, 'Members of a channel')).modal();
  expect(form.labels).toEqual(['Who may join?']);
  await double.as(grace).submit(form, { 'Who may join?': residents.id });
  await expect.poll(() => list(ben)).toContain(VISITOR);
  const again = await said(grace, 'access');
  expect(again.buttons).toEqual(['Another channel', 'All full members', 'Only by name']);
  expect(double.violations).toEqual([]);
});

it('"here" is the channel it is typed in', async () => {
  const { double, grace, residents, said } = await startWithChannel();
  double.invite(residents, grace);
  const chosen = await (
    await double.as(grace, residents).slash('/convenor', 'access here')
  ).reply();
  expect(JSON.stringify(chosen.blocks)).toContain(residents.id);
  expect(JSON.stringify((await said(grace, 'access')).blocks)).toContain(residents.id);
});

it('people are let in by name only, or all full members are, with a button and Undo', async () => {
  const { double, team, grace, ben, said, list } = await startWithChannel();
  const shown = await said(grace, 'access');
  expect(shown.words).toContain('Every full member of this workspace becomes a member');
  expect(shown.buttons).toEqual(['Members of a channel', 'Only by name']);
  const changed = await (await double.as(grace).press(shown, 'Only by name')).reply();
  expect(changed.words).toContain('Nobody becomes a member just by being in this workspace.');
  expect(await list(ben)).toContain(VISITOR);
  expect((await said(grace, 'access by name')).words).toContain('nothing has changed');
  const boss = double.addUser(team, { name: 'Bo', admin: true });
  expect(await list(boss)).toContain('Riverside Council');

  await (await double.as(grace).press(changed, 'Undo')).reply();
  expect(await list(ben)).toContain('Riverside Council');
  await said(grace, 'access who:by-name');
  expect((await said(grace, 'access')).buttons).toEqual([
    'Members of a channel',
    'All full members',
  ]);
  await said(grace, 'access full members');
  expect((await said(grace, 'access')).buttons).toEqual(['Members of a channel', 'Only by name']);
  expect(double.violations).toEqual([]);
});

it('an admin who was let in as one, and is none any more, is out where people are let in by name', async () => {
  const { double, team, grace, said, list, members } = await startWithChannel();
  await said(grace, 'access by name');
  const boss = double.addUser(team, { name: 'Bo', admin: true });
  expect(await list(boss)).toContain('Riverside Council');
  await double.change(boss, { admin: false });
  await expect.poll(members).toMatch(/Bo.*has lost their access/);
  expect(await list(boss)).toContain(VISITOR);
});

it('what is no channel is refused, with what to do; and only coordinators choose', async () => {
  const { grace, tom, said, channel } = await startWithChannel();
  expect((await said(grace, 'access residents')).words).toContain('Type @ or # and pick it');
  expect((await said(tom, `access ${channel}`)).words).toContain('only a coordinator');
  expect((await said(grace, 'access')).words).toContain('Every full member');
});
