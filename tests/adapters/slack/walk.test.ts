import { expect, it } from 'vitest';
import { pressed } from '../../../src/adapters/slack/button.ts';
import { modalOf, problemsOf, submitted } from '../../../src/adapters/slack/form.ts';
import { messageOf } from '../../../src/adapters/slack/render.ts';
import type { Reader } from '../../../src/adapters/slack/text.ts';
import { homeOf } from '../../../src/adapters/slack/today.ts';
import { allCommands } from '../../../src/core/commands.ts';
import { partnerships } from '../../../src/core/features/settings/store.ts';
import { type Form, formOf } from '../../../src/core/form.ts';
import { FORM } from '../../../src/core/invocation.ts';
import { directoriesOver } from '../../../src/core/names/directories.ts';
import { buttonsOf, type Reply } from '../../../src/core/reply.ts';
import type { Json } from '../../doubles/json.ts';
import { filledIn } from '../../doubles/slack/fill.ts';
import { viewMisfit } from '../../doubles/slack/view-rules.ts';
import { newTalk, type Said, type Talk } from '../../fixtures/bot.ts';
import { actionsIn, expectValid } from './shown.ts';

const commands = [...allCommands().values()];
const about = {
  place: { platform: 'slack', workspace: 'T1', channel: 'D1', direct: true },
} as const;

/** Everybody is known on the workspace. */
const readerOf = (talk: Talk): Reader => ({
  zone: 'Europe/London',
  now: talk.clock.now(),
  userOf: (member) => `U${member.replace(/[^a-z0-9]/gi, '').toUpperCase()}`,
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

/** Expects a reply to be a message and a Home, and each of its buttons to do there what it does here. */
function expectShown(reply: Reply, reader: Reader): void {
  const message = messageOf(reply, reader);
  expectValid(message.blocks, 'message');
  expect(viewMisfit({ ...homeOf(reply, reader) }, 'home')).toBeUndefined();
  const found = actionsIn(message.blocks).flatMap((action) =>
    action.type === 'overflow'
      ? (action.options as []).map((selected_option) =>
          pressed({ ...action, selected_option } as never),
        )
      : [pressed(action as never)],
  );
  const wanted = buttonsOf(reply).map(({ command, args }) => ({ command, args: { ...args } }));
  expect(found).toEqual(wanted);
}

/** Expects a form to be a modal, and to come back as it stands. */
function expectModal(form: Form, reader: Reader): void {
  const view = modalOf(form, about, reader);
  expect(viewMisfit({ ...view }, 'modal')).toBeUndefined();
  const inputs = (view.blocks as unknown as Json[]).filter(({ type }) => type === 'input');
  expect(inputs).toHaveLength(form.fields.length);
  const boxes = Object.keys(problemsOf(form) ?? {});
  expect(inputs.map(({ block_id }) => block_id)).toEqual(expect.arrayContaining(boxes));
  const values = Object.fromEntries(
    inputs.map(({ block_id, element }) => {
      const box = element as Json;
      return [`${block_id}`, { [`${box.action_id}`]: filledIn(box, undefined) }];
    }),
  );
  const { callback_id = '', private_metadata = '' } = view;
  const read = submitted({ callback_id, private_metadata, state: { values } });
  const stood = form.fields.filter(({ value }) => value.trim() !== '').map(({ name }) => name);
  expect(read?.command).toBe(form.command);
  expect(Object.keys(read?.args ?? {}).sort()).toEqual(
    [...Object.keys(form.kept), ...stood].sort(),
  );
}

function expectSaid(said: Said, reader: Reader): void {
  expectShown(said.reply, reader);
  if (said.form) expectModal(said.form, reader);
}

it.each(commands.map((command) => [command.name, command] as const))(
  '%s can be filled in as a modal',
  async (_, command) => {
    const talk = await shared();
    const partnership = await talk.store.of(partnerships).get(talk.id);
    if (!partnership) throw new Error('There is no partnership.');
    const directory = await directoriesOver(talk.stores).of(partnership);
    expectModal(formOf(command, {}, directory), readerOf(talk));
  },
);

it.each(commands.map((command) => [command.name, command] as const))(
  '%s is answered in messages that Slack takes, and so is each button of them',
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
