import { expect, it } from 'vitest';
import { linkNames, openBoth } from './both.ts';

it('an open Home in Slack shows what is done on Discord', async () => {
  const both = await openBoth();
  const { onSlack, onDiscord, team, guild } = both;
  const grace = onSlack.addUser(team, { name: 'Grace', owner: true });
  const there = onDiscord.addUser(guild, { name: 'Grace', owner: true });
  const person = onDiscord.as(there, onDiscord.addChannel(guild, { name: 'lobby' }));
  for (const [command, yes] of [
    ['workspace link', 'Link them'],
    ['link', "Yes, that's me"],
  ] as const) {
    const given = await (await onSlack.as(grace).slash('/convenor', command)).reply();
    const code = /[A-Z0-9]{4}-[A-Z0-9]{4}/.exec(given.words)?.[0] ?? '';
    const asked = await (await person.slash(linkNames[command], { code })).reply();
    expect((await (await person.press(asked, yes)).reply()).words).toContain('Done');
  }
  const seen = (what: string, isSo: (words: string) => boolean) =>
    onSlack.until(`a Home ${what}`, () => {
      const home = onSlack.home(grace);
      return home && isSo(home.words) ? home : undefined;
    });
  await onSlack.as(grace).openHome();
  await seen('to begin with', (words) => !words.includes('ring the school'));

  const line = 'followup add ring the school by:tomorrow';
  const noted = await (await person.slash('convenor', { line })).reply();
  await seen('with what was noted', (words) => words.includes('ring the school'));
  await person.press(noted, 'Undo');
  await seen('without it again', (words) => !words.includes('ring the school'));
  expect(both.warnings).toEqual([]);
  expect(onSlack.violations).toEqual([]);
  expect(onDiscord.violations).toEqual([]);
}, 30_000);
