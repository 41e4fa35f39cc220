import { expect, it } from 'vitest';
import type { ReaderContext } from '../../src/adapters/shared/inline-nodes.ts';
import { allCommands } from '../../src/core/bot/commands.ts';
import { formOf } from '../../src/core/command/form.ts';
import { directoryCache } from '../../src/core/domain/directory/directory.ts';
import { partnerships } from '../../src/core/domain/partnerships/partnership.ts';
import type { Form } from '../../src/core/message/form.ts';
import { FORM } from '../../src/core/message/invocation.ts';
import { buttonsOf, type Reply } from '../../src/core/message/reply.ts';
import { newTalk, type Said, type Talk } from '../fixtures/bot.ts';

/** What of a platform the suite needs to know. */
interface WalkPlatform {
  name: string;
  /** The platform's user id of a member: everybody is known there. */
  userOf(member: string): string;
  /** Expects a reply to be shown within the platform's limits. @returns what each of its buttons does when pressed. */
  shown(reply: Reply, reader: ReaderContext): readonly unknown[];
  /** Expects a form to be a modal that the platform takes. @returns what comes of it when it is sent. */
  sent(form: Form, reader: ReaderContext): Submission;
}

/** What comes of a form that is sent as it stands, and the boxes that had to be filled in for that. */
interface Submission {
  command: string | undefined;
  args: object;
  filled: readonly string[];
}

const commands = [...allCommands().values()].map((command) => [command.name, command] as const);

/** A partnership with a past: partners, a quiet one, promises in several states. */
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

/** Every command, by every way in, is shown as the platform takes it. */
export function walkSuite({ name: platform, userOf, shown, sent }: WalkPlatform): void {
  let walked: Promise<Talk> | undefined;

  /** One partnership for the whole walk, which leaves its traces there. */
  function shared(): Promise<Talk> {
    walked ??= partnershipWithHistory();
    return walked;
  }

  const readerOf = (talk: Talk): ReaderContext => ({
    zone: 'Europe/London',
    now: talk.clock.now(),
    userOf,
    nameOf: () => 'Somebody',
  });

  /** Expects each button of a reply to do there what it does here. */
  function expectShown(reply: Reply, reader: ReaderContext): void {
    const wanted = buttonsOf(reply).map(({ command, args }) => ({ command, args: { ...args } }));
    expect(shown(reply, reader)).toEqual(wanted);
  }

  /** Expects a form to come back as it stands. */
  function expectModal(form: Form, reader: ReaderContext): void {
    const { command, args, filled } = sent(form, reader);
    const stood = form.fields.filter(({ value }) => value.trim() !== '').map(({ name }) => name);
    expect(command).toBe(form.command);
    expect(Object.keys(args).sort()).toEqual(
      [...Object.keys(form.kept), ...stood, ...filled].sort(),
    );
  }

  function expectSaid(said: Said, reader: ReaderContext): void {
    expectShown(said.reply, reader);
    if (said.form) expectModal(said.form, reader);
  }

  it.each(commands)('%s can be filled in as a modal', async (_, command) => {
    const talk = await shared();
    const partnership = await talk.store.of(partnerships).get(talk.id);
    if (!partnership) throw new Error('There is no partnership.');
    const directory = await directoryCache(talk.stores).of(partnership);
    expectModal(formOf(command, {}, directory), readerOf(talk));
  });

  it.each(commands)(
    `%s is answered in messages that ${platform} takes, and so is each button of them`,
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
}
