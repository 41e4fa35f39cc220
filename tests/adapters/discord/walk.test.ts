import { ComponentType } from 'discord.js';
import { expect, it } from 'vitest';
import { modalOf } from '../../../src/adapters/discord/form.ts';
import { messageOf } from '../../../src/adapters/discord/render.ts';
import type { Reader } from '../../../src/adapters/discord/text.ts';
import { allCommands } from '../../../src/core/commands.ts';
import { partnerships } from '../../../src/core/features/settings/store.ts';
import { type Form, formOf } from '../../../src/core/form.ts';
import { FORM } from '../../../src/core/invocation.ts';
import { directoriesOver } from '../../../src/core/names/directories.ts';
import { buttonsOf, type Reply } from '../../../src/core/reply.ts';
import { optionsOf } from '../../doubles/discord/components.ts';
import type { Filled } from '../../doubles/discord/fill.ts';
import { type Json, textOf } from '../../doubles/json.ts';
import { newTalk, type Said, type Talk } from '../../fixtures/bot.ts';
import { boxesIn, sentBack } from './sent.ts';
import { expectMessage, expectModal, pressedIn } from './shown.ts';

const commands = [...allCommands().values()];
const from = { channel: '112233445566778899', direct: false };

/** Everybody is known on the server. */
const readerOf = (talk: Talk): Reader => ({
  zone: 'Europe/London',
  now: talk.clock.now(),
  userOf: (member) => `${BigInt(`0x${Buffer.from(member).toString('hex')}`)}`.slice(0, 18),
  nameOf: () => 'Somebody',
});

let walked: Promise<Talk> | undefined;

/** One partnership for the whole walk, which leaves its traces there. */
function shared(): Promise<Talk> {
  walked ??= lived();
  return walked;
}

/** A partnership with a past: partners, a quiet one, promises in several states. */
async function lived(): Promise<Talk> {
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

/** Expects a reply to be a message, and each of its buttons to do there what it does here. */
function expectShown(reply: Reply, reader: Reader): void {
  const message = messageOf(reply, reader);
  expectMessage(message);
  const wanted = buttonsOf(reply).map(({ command, args }) => ({ command, args: { ...args } }));
  expect(pressedIn(message)).toEqual(wanted);
}

/** Expects a form to be a modal, and to come back as it stands. */
function expectFilled(form: Form, reader: Reader): void {
  const modal = modalOf(form, reader, from);
  expectModal(modal);
  expectModal(modalOf(form, reader, { ...from, direct: true }));
  const boxes = boxesIn(modal);
  expect([...boxes.keys()]).toEqual(form.fields.map(({ name }) => name));
  // Every question is shown whole.
  expect([...boxes.values()].map(({ label }) => label)).toEqual(
    form.fields.map(({ label }) => label),
  );
  const stood = form.fields.filter(({ value }) => value.trim() !== '').map(({ name }) => name);
  const empty = form.fields.filter(({ needed, value }) => needed && value.trim() === '');
  const filled = Object.fromEntries(empty.map(({ name }) => [name, fillingOf(boxes.get(name))]));
  const read = sentBack(modal, filled);
  expect(read?.command).toBe(form.command);
  expect(Object.keys({ ...read?.args, ...read?.files }).sort()).toEqual(
    [...Object.keys(form.kept), ...stood, ...Object.keys(filled)].sort(),
  );
}

/** Something for a box that has to be filled in. */
function fillingOf(box: { input: Json } | undefined): Filled {
  const [option] = optionsOf(box?.input ?? {});
  if (option) return textOf(option.value);
  return box?.input.type === ComponentType.TextInput ? 'something' : { id: '1' };
}

function expectSaid(said: Said, reader: Reader): void {
  expectShown(said.reply, reader);
  if (said.form) expectFilled(said.form, reader);
}

it.each(commands.map((command) => [command.name, command] as const))(
  '%s can be filled in as a modal',
  async (_, command) => {
    const talk = await shared();
    const partnership = await talk.store.of(partnerships).get(talk.id);
    if (!partnership) throw new Error('There is no partnership.');
    const directory = await directoriesOver(talk.stores).of(partnership);
    expectFilled(formOf(command, {}, directory), readerOf(talk));
  },
);

it.each(commands.map((command) => [command.name, command] as const))(
  '%s is answered in messages that Discord takes, and so is each button of them',
  async (name, command) => {
    const talk = await shared();
    const reader = readerOf(talk);
    for (const line of [...command.examples, name, `${name} nobody knows *this* <@U1> :tada:`]) {
      const said = await talk.say('grace', line);
      expectSaid(said, reader);
      for (const button of buttonsOf(said.reply).slice(0, 8)) {
        expectSaid(await talk.press('grace', button), reader);
      }
    }
    expectSaid(await talk.invoke('tom', name, { [FORM]: 'yes' }), reader);
  },
);
