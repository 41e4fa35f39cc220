import { expect, it } from 'vitest';
import { allCommands } from '../../../src/core/bot/commands.ts';
import {
  askWhichPartnership,
  partnershipsOf,
  whichPartnership,
} from '../../../src/core/bot/which-partnership.ts';
import { MAX_BUTTON_ID_LENGTH } from '../../../src/core/domain/kept-args/kept-args.ts';
import { idOfButton } from '../../../src/core/message/button-id.ts';
import { type Invocation, PARTNERSHIP } from '../../../src/core/message/invocation.ts';
import { buttonsOf } from '../../../src/core/message/reply.ts';
import { plainText } from '../../../src/core/message/rich-text.ts';
import { newWorkspace, profileOf, type Talk, ZONE } from '../../fixtures/bot.ts';

let count = 0;

/** Somebody who is a member of two partnerships on one platform. */
async function twoOfOne(): Promise<{ user: string; alder: Talk; birch: Talk }> {
  const user = `sam${++count}`;
  const [alder, birch] = [await newWorkspace('Alder'), await newWorkspace('Birch')];
  for (const talk of [alder, birch]) {
    talk.profiles.grace = profileOf('Grace', { standing: 'owner' });
    talk.profiles[user] = profileOf('Sam');
    await talk.say('grace', 'me');
    await talk.say(user, 'me');
  }
  return { user, alder, birch };
}

/** What somebody does in a direct message, once the adapter knows which partnership it is about. */
function inDirect(talk: Talk, user: string, what: Pick<Invocation, 'command' | 'args' | 'key'>) {
  const at = { platform: 'test', workspace: talk.workspace };
  return talk.bot.handle({
    ...what,
    actor: { ...at, user },
    place: { ...at, channel: 'D', direct: true },
    profiles: talk.profiles,
    partnership: talk.id,
    withPartnership: true,
  });
}

it('the partnerships of somebody are found, each once, as long as they are there', async () => {
  const { user, alder, birch } = await twoOfOne();
  const found = () => partnershipsOf(alder.stores, { platform: 'test', user });
  expect((await found()).map(({ name, partnership }) => [name, partnership])).toEqual([
    ['Alder', alder.id],
    ['Birch', birch.id],
  ]);
  expect((await found())[0]?.identity).toEqual({
    platform: 'test',
    workspace: alder.workspace,
    user,
  });
  await alder.say('grace', 'member left sam');
  expect((await found()).map(({ name }) => name)).toEqual(['Birch']);
  expect(await partnershipsOf(alder.stores, { platform: 'other', user })).toEqual([]);
});

it('a line that could be about either is asked about, and every word is kept', async () => {
  const { user, alder, birch } = await twoOfOne();
  const words = `followup add ring the school ${'about the garden '.repeat(12)}by:friday`;
  const { command, args } = alder.bot.parseLine(words);
  const asked = { command, args, key: `line-${user}` };
  const names = await partnershipsOf(alder.stores, { platform: 'test', user });
  expect(buttonsOf(whichPartnership(names, asked)).map(({ args }) => args[PARTNERSHIP])).toEqual([
    alder.id,
    birch.id,
  ]);
  const reply = await askWhichPartnership(names, asked, { ...alder, commands: allCommands() });
  expect(plainText(reply.text, ZONE)).toContain('Which one is that about?');
  const [, second] = buttonsOf(reply);
  expect(buttonsOf(reply).map(({ label }) => label)).toEqual(['Alder', 'Birch']);
  for (const button of buttonsOf(reply))
    expect(idOfButton(button).length).toBeLessThanOrEqual(MAX_BUTTON_ID_LENGTH);

  const pressed = { command, args: second?.args ?? {}, key: 'press' };
  const done = await inDirect(birch, user, pressed);
  expect(plainText(done.reply.text, ZONE)).toContain('about the garden');
  expect(buttonsOf(done.reply).every((button) => button.args[PARTNERSHIP] === birch.id)).toBe(true);
  expect((await alder.say(user, 'followup list')).text).not.toContain('garden');
  expect((await birch.say(user, 'followup list')).text).toContain('garden');
});

it('in a direct message forms and refusals say which partnership they are about, too', async () => {
  const { user, alder } = await twoOfOne();
  const form = await inDirect(alder, user, { command: 'log', args: {}, key: 'form' });
  expect(form.form?.kept).toMatchObject({ [PARTNERSHIP]: alder.id });
  const unknown = await inDirect(alder, user, { command: 'lgo', args: {}, key: 'typo' });
  expect(buttonsOf(unknown.reply).map(({ args }) => args[PARTNERSHIP])).toEqual([alder.id]);
  const usual = await alder.say(user, 'followup list');
  expect(buttonsOf(usual.reply).some((button) => PARTNERSHIP in button.args)).toBe(false);
});
