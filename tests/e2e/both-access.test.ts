import { expect, it } from 'vitest';
import { openLinked } from './both.ts';

// Time begins on Wednesday 18 November 2026, 10:00 in London. Tom is in Slack and on Discord, as one member.

const SECRET = /lease|damp hall/i;

async function withSecret() {
  const linked = await openLinked();
  const { grace, tom, type, onDiscord, tomThere, lobby } = linked;
  await type(grace, 'partner add "Riverside Council"');
  await type(grace, 'log riverside council met Jane about the lease next:"mend the damp hall"');
  return {
    ...linked,
    /** Tom types a line on the Discord server. */
    typeThere: async (line: string) =>
      (await onDiscord.as(tomThere, lobby).slash('convenor', { line })).reply(),
    /** What Grace was told in Slack. */
    told: () =>
      linked.onSlack.sees(grace, linked.onSlack.directOf(grace)).map(({ words }) => words),
    tiesTom: () => type(grace, `member tie <@${tom.id}> riverside council`),
  };
}

it('a tie holds in both places, and neither unlinking nor a new account gets around it', async () => {
  const linked = await withSecret();
  const { onSlack, onDiscord, guild, grace, tom, type, typeThere, tiesTom, residents } = linked;
  const show = 'partner show riverside council';
  expect((await type(tom, show)).words).toMatch(SECRET);
  expect((await typeThere(show)).words).toMatch(SECRET);
  await tiesTom();
  for (const line of [show, 'followup list everyone', 'why riverside council', 'today']) {
    expect((await type(tom, line)).words).not.toMatch(SECRET);
    expect((await typeThere(line)).words).not.toMatch(SECRET);
  }

  expect((await type(tom, 'unlink discord')).words).toContain('Done');
  expect((await typeThere(show)).words).not.toMatch(SECRET);
  expect((await type(tom, show)).words).not.toMatch(SECRET);

  const second = onDiscord.addUser(guild, { name: 'Tommy', roles: [residents] });
  const line = { line: show };
  const shown = await (await onDiscord.as(second, linked.lobby).slash('convenor', line)).reply();
  expect(shown.words).toContain('A coordinator is letting you in');
  expect(shown.words).not.toMatch(SECRET);
  await linked.until('2026-11-18T11:00:00Z');
  expect(linked.told().join('\n')).toMatch(/Tommy/);
  expect((await type(grace, show)).words).toMatch(SECRET);
  expect(onSlack.violations).toEqual([]);
  expect(onDiscord.violations).toEqual([]);
}, 60_000);

it('somebody who is made a guest in Slack and then leaves the server is out everywhere, for good', async () => {
  const linked = await withSecret();
  const { onSlack, onDiscord, guild, tom, tomThere, type, typeThere } = linked;
  const show = 'partner show riverside council';
  await type(tom, 'me prefers:slack');
  await type(tom, 'followup add ring the school by:"today 3pm"');
  await onSlack.change(tom, { guest: 'channels' });
  expect((await type(tom, show)).words).not.toMatch(SECRET);
  expect((await typeThere(show)).words).toMatch(SECRET);
  await linked.until('2026-11-18T15:01:00Z');
  expect(linked.onSlackAbout('ring the school')).toEqual([]);
  expect(linked.onDiscordAbout('A reminder')).toHaveLength(1);
  // It was on its way to Slack.
  expect(linked.onDiscordAbout("You're linked")).toHaveLength(1);

  // Convenor notices at the latest when their brief is due in the morning.
  onDiscord.depart(guild, tomThere);
  await linked.until('2026-11-19T10:00:00Z');
  expect(linked.onDiscordAbout('Hello Tom')).toEqual([]);
  expect(linked.told().filter((words) => /Tom is (only|no longer)/.test(words))).toHaveLength(2);

  onDiscord.join(guild, tomThere);
  await onSlack.change(tom, { guest: 'no' });
  await linked.until('2026-11-19T10:02:00Z');
  expect((await type(tom, show)).words).not.toMatch(SECRET);
  expect((await typeThere(show)).words).not.toMatch(SECRET);
  await linked.until('2026-11-20T10:00:00Z');
  for (const about of ['Hello Tom', 'ring the school']) {
    expect(linked.onSlackAbout(about)).toEqual([]);
  }
  expect(onSlack.violations).toEqual([]);
  expect(onDiscord.violations).toEqual([]);
}, 60_000);

const SHOW = 'partner show riverside council';

/** Tom has noted something in each place, with a form open in each. In Slack he can have one open: a new note, or a change. */
async function withOpenForms(opened: 'note' | 'change') {
  const linked = await withSecret();
  const { onSlack, onDiscord, tom, tomThere, lobby, type, typeThere } = linked;
  const [inSlack, onServer] = [onSlack.as(tom), onDiscord.as(tomThere, lobby)];
  const noted = await type(tom, 'log riverside council Jane spoke of the lease');
  const notedThere = await typeThere('log riverside council Ann spoke of the lease');
  return {
    ...linked,
    ...{ inSlack, onServer, noted, notedThere },
    form: await (opened === 'note'
      ? await inSlack.slash('/log')
      : await inSlack.press(noted, 'Change')
    ).modal(),
    formThere: await (await onServer.press(notedThere, 'Change')).modal(),
  };
}

/** Everything that Tom gets by what stood in his chats before, on both platforms, as one text. */
async function triesEverything(on: Awaited<ReturnType<typeof withOpenForms>>): Promise<string> {
  const { onSlack, tom, tomThere, onDiscord, team, lobby, inSlack, onServer, noted } = on;
  const texts: string[] = [];
  const told = async (outcome: { reply(): Promise<{ words: string }> }) =>
    texts.push((await outcome.reply()).words);
  for (const label of ['Undo', 'Change']) {
    await told(await inSlack.press(noted, label));
    await told(await onServer.press(on.notedThere, label));
  }
  texts.push(...(await inSlack.suggest(on.form, 'Who with?', 'riv')));
  const typed = await onServer.suggest('log', 'with', 'riv');
  texts.push(...typed.map(({ name }) => name));
  const where = onSlack.addChannel(team, { name: 'news', members: [tom] });
  const said = onSlack.say(tom, where, 'A word of mine');
  await told(await onSlack.as(tom, where).shortcut('log_this', said));
  const there = onDiscord.say(tomThere, lobby, 'A word of mine');
  await told(await onServer.shortcut('Log this', there));
  for (const line of [SHOW, 'today', 'why', 'history me', 'me data', 'members', 'undo', 'link']) {
    texts.push((await on.type(tom, line)).words, (await on.typeThere(line)).words);
  }
  return texts.join('\n');
}

it('old buttons, open forms, suggestions and shortcuts give nothing to somebody who has left', async () => {
  const on = await withOpenForms('note');
  const { onSlack, onDiscord, grace, tom, type, inSlack, onServer } = on;
  await type(grace, `member left <@${tom.id}> to:none`);
  expect(await triesEverything(on)).not.toMatch(/lease|damp hall|riverside council/i);
  await onServer.submit(on.formThere, { 'What happened?': 'Overwritten' });
  await inSlack.openHome();
  await onSlack.until('a Home', () =>
    onSlack.home(tom)?.words.includes('need to be added') ? true : undefined,
  );
  expect((await type(grace, SHOW)).words).not.toContain('Overwritten');
  expect((await type(grace, 'members')).words).toMatch(/Tom.*has left/);

  // Nobody makes them lead or ties them.
  for (const line of [
    `partner edit riverside council lead:<@${tom.id}>`,
    `member tie <@${tom.id}> riverside council`,
    `followup add ring the school who:<@${tom.id}>`,
  ])
    expect((await type(grace, line)).words).toContain('Tom has left');
  expect(onSlack.violations).toEqual([]);
  expect(onDiscord.violations).toEqual([]);
}, 60_000);

it('what a coordinator did is not undone by them, in neither place, once they coordinate no more', async () => {
  const on = await withSecret();
  const { onSlack, onDiscord, grace, maya, tom, tomThere, lobby, type, typeThere } = on;
  await type(maya, 'me');
  await type(grace, `member role <@${tom.id}> coordinator`);
  const tied = await type(tom, 'member tie me riverside council');
  const raised = await typeThere('member role maya coordinator');
  expect((await type(tom, SHOW)).words).not.toMatch(SECRET);
  await type(grace, `member role <@${tom.id}> member`);
  const presses = [
    await onSlack.as(tom).press(tied, 'Undo'),
    await onDiscord.as(tomThere, lobby).press(raised, 'Undo'),
  ];
  for (const press of presses) expect((await press.reply()).words).toContain('only a coordinator');
  const list = await typeThere('undo');
  for (const label of list.buttons.filter((one) => one === 'Undo'))
    await (await onDiscord.as(tomThere, lobby).press(list, label)).reply();
  for (const say of [typeThere, (line: string) => type(tom, line)])
    expect((await say(SHOW)).words).not.toMatch(SECRET);
  expect((await type(grace, 'members')).words).toMatch(/Maya.*coordinator/);
}, 60_000);

it('a coordinator who belongs to a partner reads nothing of it by handing over, and lifts no tie', async () => {
  const on = await withSecret();
  const { onSlack, onDiscord, grace, maya, tom, tomThere, lobby, type, typeThere, tiesTom } = on;
  await type(maya, 'followup add mend the damp roof with:"riverside council"');
  await type(grace, `member role <@${tom.id}> coordinator`);
  const noted = await typeThere('log riverside council my own words');
  await tiesTom();
  for (const line of ['member left maya', 'followup list everyone', 'followup list late']) {
    expect((await type(tom, line)).words).not.toMatch(/lease|damp/i);
    expect((await typeThere(line)).words).not.toMatch(/lease|damp/i);
  }
  for (const say of [typeThere, (line: string) => type(tom, line)])
    expect((await say('member tie me riverside council off')).words).toContain(
      'another coordinator has to change that',
    );
  // Their own words stay theirs.
  const form = await (await onDiscord.as(tomThere, lobby).press(noted, 'Change')).modal();
  expect(JSON.stringify(form)).toContain('my own words');
  await type(maya, 'followup ask damp roof who:@Grace');
  await on.until('2026-11-30T12:00:00Z');
  const inbox = [
    ...onSlack.sees(tom, onSlack.directOf(tom)),
    ...onDiscord.sees(tomThere, onDiscord.directOf(tomThere)),
  ].map(({ words }) => words);
  expect(inbox.join('\n')).not.toMatch(/lease|damp/i);
  expect(onSlack.violations).toEqual([]);
  expect(onDiscord.violations).toEqual([]);
}, 60_000);

it('a note whose box is emptied is gone, in both places', async () => {
  const on = await withOpenForms('change');
  const { grace, type, inSlack, onServer } = on;
  await inSlack.submit(on.form, { 'What happened?': '' });
  const there = await onServer.submit(on.formThere, { 'What happened?': '' });
  expect((await there.reply()).words).not.toContain('Ann');
  const shown = async () => (await type(grace, SHOW)).words;
  await expect.poll(shown).not.toMatch(/Jane spoke|Ann spoke/);
  expect(await shown()).toContain('Tom: in touch today');
}, 60_000);
