import { expect, it } from 'vitest';
import type { ReaderContext } from '../../src/adapters/shared/inline-nodes.ts';
import { allCommands } from '../../src/core/bot/commands.ts';
import { formOf } from '../../src/core/command/form.ts';
import { directoriesOf } from '../../src/core/domain/directory/directory.ts';
import { partnerships } from '../../src/core/domain/partnerships/partnership.ts';
import { FORM } from '../../src/core/message/invocation.ts';
import { buttonsOf } from '../../src/core/message/reply.ts';
import { newTalk, type Said, type Talk } from '../fixtures/bot.ts';
import { discordRendering } from './discord/rendering.ts';
import type { PlatformRendering } from './rendering.ts';
import { slackRendering } from './slack/rendering.ts';

const commands = [...allCommands().values()].map((command) => [command.name, command] as const);

/** A partnership with partners, a quiet one, and follow-ups in several states. */
async function partnershipWithHistory(): Promise<Talk> {
  const talk = await newTalk();
  for (const name of ['Riverside Council', 'Campaign for Better Transport', 'Oakfield School']) {
    await talk.say('grace', `partner add "${name}"`);
  }
  await talk.say('grace', 'log oakfield school met *Jane* :tada: when:2026-08-01');
  await talk.say('tom', 'log riverside council talked next:"send the garden plan" by:tomorrow');
  await talk.say(
    'grace',
    'followup add "ask about the lease" with:"oakfield school" by:friday who:tom',
  );
  await talk.say('tom', 'followup add "water the plants" repeat:"every monday at 9am"');
  await talk.say('tom', 'followup add "see to the late one" by:yesterday');
  return talk;
}

const platforms = [slackRendering, discordRendering];
let walked: Promise<Talk> | undefined;

/** One partnership for all commands; earlier commands have changed it. */
function shared(): Promise<Talk> {
  walked ??= partnershipWithHistory();
  return walked;
}

const readerOf = (talk: Talk, { userOf }: PlatformRendering): ReaderContext => ({
  zone: 'Europe/London',
  now: talk.clock.now(),
  userOf,
  nameOf: () => 'Somebody',
});

/** Expects every platform to show an answer, with buttons and a form that do what the answer's do. */
function expectShown({ reply, form }: Partial<Said>, talk: Talk): void {
  for (const platform of platforms) {
    const reader = readerOf(talk, platform);
    if (reply) {
      const wanted = buttonsOf(reply).map(({ command, args }) => ({ command, args: { ...args } }));
      expect(platform.shown(reply, reader)).toEqual(wanted);
    }
    if (!form) continue;
    const { command, args, filled } = platform.sent(form, reader);
    const preset = form.fields.filter(({ value }) => value.trim() !== '').map(({ name }) => name);
    expect(command).toBe(form.command);
    expect(Object.keys(args).sort()).toEqual(
      [...Object.keys(form.kept), ...preset, ...filled].sort(),
    );
  }
}

it.each(commands)('the form of %s is a modal that every platform accepts', async (_, command) => {
  const talk = await shared();
  const partnership = await talk.store.of(partnerships).get(talk.id);
  if (!partnership) throw new Error('There is no partnership.');
  const directory = await directoriesOf(talk.stores).of(partnership);
  expectShown({ form: formOf(command, {}, directory) }, talk);
});

it.each(commands)(
  'every platform accepts the answers to %s, and to each button in them',
  async (name, command) => {
    const talk = await shared();
    for (const line of [...command.examples, name, `${name} nobody knows *this* <@U1> :tada:`]) {
      const said = await talk.say('grace', line);
      expectShown(said, talk);
      for (const button of buttonsOf(said.reply).slice(0, 8)) {
        expectShown(await talk.press('grace', button), talk);
      }
    }
    expectShown(await talk.invoke('tom', name, { [FORM]: 'yes' }), talk);
  },
);
