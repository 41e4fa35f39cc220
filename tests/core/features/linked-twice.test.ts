import { expect, it } from 'vitest';
import { newWorkspace, profileOf, type Said } from '../../fixtures/bot.ts';

const codeIn = ({ text }: Said): string => /[A-Z0-9]{4}-[A-Z0-9]{4}/.exec(text)?.[0] ?? 'no code';

/** Grace coordinates a partnership in use. Ada has just begun on another server, where Sam has spoken. */
async function twoWorkspaces() {
  const [ours, theirs] = [await newWorkspace('Riverside'), await newWorkspace('Riverside Friends')];
  ours.profiles.grace = profileOf('Grace', { standing: 'owner' });
  await ours.say('grace', 'settings name:"Riverside Neighbours"');
  theirs.profiles.ada = profileOf('Ada', { standing: 'owner' });
  theirs.profiles.sam = profileOf('Sam');
  for (const who of ['ada', 'sam']) await theirs.say(who, 'me');
  const code = codeIn(await ours.say('grace', 'workspace link'));
  return { ours, theirs, code, asked: await theirs.say('ada', `workspace link ${code}`) };
}

it('"Link them" pressed twice says that the two are linked, although she is only a member by then', async () => {
  const { ours, theirs, code, asked } = await twoWorkspaces();
  expect((await theirs.press('ada', 'Link them', asked)).text).toMatch(/^Done: this workspace/);
  const linked = 'The two are linked already: this workspace is part of Riverside Neighbours.';
  expect((await theirs.press('ada', 'Link them', asked)).text).toBe(linked);
  expect((await ours.say('grace', `workspace link ${code}`)).text).toBe(linked);
  expect([...ours.errors, ...theirs.errors]).toEqual([]);
});

it('pressed twice at once, both say so', async () => {
  const { ours, theirs, asked } = await twoWorkspaces();
  const press = () => theirs.press('ada', 'Link them', asked);
  const said = await Promise.all([press(), press()]);
  for (const { text } of said)
    expect(text).toMatch(/^Done: this workspace|^The two are linked already/);
  expect([...ours.errors, ...theirs.errors]).toEqual([]);
});

it('a code that is unused, or was used long ago, tells nothing to somebody who may not link', async () => {
  const { theirs, code, asked } = await twoWorkspaces();
  const sam = () => theirs.invoke('sam', 'workspace link', { code, sure: 'yes' });
  expect((await sam()).text).toContain('only a coordinator');
  await theirs.press('ada', 'Link them', asked);
  theirs.clock.move({ minutes: 11 });
  expect((await sam()).text).toContain('only a coordinator');
});
