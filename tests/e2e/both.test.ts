import { expect, it } from 'vitest';
import { type Both, openBoth } from './both.ts';

// Time begins on Wednesday 18 November 2026, 10:00 in London.

type OnSlack = ReturnType<Both['onSlack']['addUser']>;
type OnDiscord = ReturnType<Both['onDiscord']['addUser']>;

/** Grace owns the Slack workspace and the Discord server, and links them. Maya is only in Slack, Tom is in both. */
async function openLinked() {
  const both = await openBoth();
  const { onSlack, onDiscord, team, guild } = both;
  const grace = onSlack.addUser(team, { name: 'Grace', owner: true });
  const maya = onSlack.addUser(team, { name: 'Maya' });
  const tom = onSlack.addUser(team, { name: 'Tom' });
  const residents = onDiscord.addRole(guild, { name: 'Residents' });
  const lobby = onDiscord.addChannel(guild, { name: 'lobby' });
  const graceThere = onDiscord.addUser(guild, { name: 'Grace', owner: true });
  const tomThere = onDiscord.addUser(guild, { name: 'Tom', roles: [residents] });

  const type = async (who: OnSlack, line: string) =>
    (await onSlack.as(who).slash('/convenor', line)).reply();
  /** A user types the code from Slack in Discord, and confirms there. */
  async function take(command: string, from: OnSlack, to: OnDiscord, yes: string) {
    const given = await type(from, command);
    const code = /[A-Z0-9]{4}-[A-Z0-9]{4}/.exec(given.words)?.[0] ?? '';
    const person = onDiscord.as(to, lobby);
    const asked = await (await person.slash(command, { code })).reply();
    return (await (await person.press(asked, yes)).reply()).words;
  }

  await type(grace, 'settings name:"Riverside Neighbours"');
  const joined = await take('workspace link', grace, graceThere, 'Link them');
  expect(joined).toContain('this workspace is part of **Riverside Neighbours** now');
  await take('link', grace, graceThere, "Yes, that's me");
  const role = await onDiscord.as(graceThere, lobby).slash('access', { role: residents.id });
  await role.reply();
  await type(grace, `member role <@${tom.id}> worker`);
  const one = await take('link', tom, tomThere, "Yes, that's me");
  expect(one).toContain('in Slack (Riverside) and Discord (Riverside Friends)');
  await type(tom, 'me prefers:discord');

  const isAbout = (about: string) => (message: { words: string }) => message.words.includes(about);
  return {
    ...{ ...both, maya, tom, type, there: onDiscord.as(tomThere) },
    /** Tom's direct messages about a topic, automatic ones and answers. */
    onDiscordAbout: (about: string) =>
      onDiscord.sees(tomThere, onDiscord.directOf(tomThere)).filter(isAbout(about)),
    /** Tom's automatic messages about a topic. */
    onSlackAbout: (about: string) =>
      onSlack
        .sees(tom, onSlack.directOf(tom))
        .filter(({ ephemeral }) => !ephemeral)
        .filter(isAbout(about)),
    /** Tom opens his Home in Slack, and waits until it shows what it should. */
    async homeShows(what: string, isSo: (words: string) => boolean) {
      await onSlack.as(tom).openHome();
      await onSlack.until(`a Home ${what}`, () => {
        const words = onSlack.home(tom)?.words;
        return words !== undefined && isSo(words) ? true : undefined;
      });
    },
  };
}

it('a request from Slack is accepted, reminded of and done on Discord, and Slack shows it', async () => {
  const testBot = await openLinked();
  const { onSlack, onDiscord, maya, tom, type, there, until } = testBot;
  const { onDiscordAbout, onSlackAbout, homeShows } = testBot;
  const asked = `followup add ring the school by:"tomorrow 3pm" who:<@${tom.id}>`;
  expect((await type(maya, asked)).words).toContain("I'm asking");
  await until('2026-11-18T11:00:00Z');
  const [request, ...others] = onDiscordAbout('ring the school');
  if (!request) throw new Error('Tom was not asked.');
  expect(others).toEqual([]);
  expect(request.words).toContain('Maya asks');
  expect((await (await there.press(request, 'Yes')).reply()).words).toContain('is yours now');
  await homeShows('with it', (words) => words.includes('ring the school'));

  // The morning brief names it too, with what he has noted in either place.
  await (await there.slash('convenor', { line: 'followup add send the plan by:tomorrow' })).reply();
  await type(tom, 'followup add book the hall by:tomorrow');
  await until('2026-11-19T14:00:00Z');
  const [brief, ...more] = onDiscordAbout('Hello Tom');
  expect(more).toEqual([]);
  for (const title of ['ring the school', 'send the plan', 'book the hall'])
    expect(brief?.words).toContain(title);
  expect(onSlack.sees(maya, onSlack.directOf(maya)).map(({ words }) => words)).toContainEqual(
    expect.stringContaining('will do it'),
  );

  await until('2026-11-19T15:01:00Z');
  const [reminder] = onDiscordAbout('A reminder');
  if (!reminder) throw new Error('Tom was not reminded.');
  const done = await (await there.press(reminder, 'Done')).reply();
  expect(done).toMatchObject({ id: reminder.id, edited: true });
  expect(done.words).toContain('ring the school');
  const isDone = (words: string) =>
    words.includes('send the plan') && !words.includes('ring the school');
  await homeShows('without it', isDone);
  const list = await type(tom, 'followup list');
  expect(list.words).not.toContain('ring the school');

  // It does not come again, and nothing comes to Slack until he asks for that.
  await until('2026-11-19T20:00:00Z');
  expect(onDiscordAbout('A reminder')).toEqual([]);
  expect(onDiscordAbout('Hello Tom')).toHaveLength(1);
  for (const about of ['Hello Tom', 'ring the school', 'A reminder'])
    expect(onSlackAbout(about)).toEqual([]);
  await (await there.slash('convenor', { line: 'me prefers:slack' })).reply();
  await until('2026-11-20T10:00:00Z');
  expect(onSlackAbout('Hello Tom')).toHaveLength(1);
  expect(onDiscordAbout('Hello Tom')).toHaveLength(1);

  expect(testBot.warnings).toEqual([]);
  expect(onSlack.violations).toEqual([]);
  expect(onDiscord.violations).toEqual([]);
}, 60_000);
