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
