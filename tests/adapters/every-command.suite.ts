import { beforeAll, describe, expect, it } from 'vitest';
import { allCommands } from '../../src/core/bot/commands.ts';
import { contacts } from '../../src/core/domain/contacts/contact.ts';
import { followups } from '../../src/core/domain/followups/followup.ts';
import type { Identity, RawArgs } from '../../src/core/message/invocation.ts';
import type { Adapter, Bot } from '../../src/core/ports/platform.ts';
import type { Stores } from '../../src/core/ports/store.ts';
import { commandCases, filledIn } from '../fixtures/command-cases.ts';
import { oneButton } from './one-button.ts';

/** A platform with Convenor, on which Grace coordinates and Riverside Council is a partner. */
interface Harness {
  bot: Bot;
  convenor: Pick<Adapter, 'send'>;
  partnership: string;
  stores: Pick<Stores, 'forPartnership'>;
  warnings: readonly unknown[];
  double: { violations: readonly string[] };
}

/** The result of a user's action: a message or a modal. */
interface Outcome<M> {
  modal(): Promise<M>;
}

/** What the suite needs to know of a platform. */
interface EveryCommandPlatform<H extends Harness, M, O extends Outcome<M>> {
  name: string;
  startHarness(): Promise<H>;
  /** Grace's identity, and the mentions of Tom, another user, and of a channel. */
  names(harness: H): { grace: Identity; tom: string; channel: string };
  /** Grace types a line. */
  type(harness: H, line: string): Promise<O>;
  /** Grace presses `Press` on the last message that she sees from Convenor. */
  press(harness: H): Promise<O>;
  /** Grace uses the command's own slash command, where there is one. */
  slash?(harness: H, command: string, args: Readonly<RawArgs>): Promise<O>;
  /** Whether the platform sends a command's own slash command only with an option that it asks for itself. */
  asksItself?(harness: H, command: string): boolean;
  /** The message or modal that answers. */
  answer(outcome: O): Promise<{ words: string; labels?: readonly string[] }>;
  /** Tries what can be done with an open form. */
  tryOut?(harness: H, modal: M): Promise<void>;
}

const cases = commandCases();
const commands = [...allCommands().values()];
/** A command without an example is used by buttons only. */
const typedCommands = commands.filter(({ examples }) => examples.length > 0);
const asksOf = ({ args }: (typeof commands)[number]) =>
  Object.values(args).flatMap(({ ask }) => ask ?? []);

/** The questions of a form, without what Slack has beside a box: a calendar beside a date, a box beside a file. */
const asked = (labels: readonly string[]) =>
  labels.filter((label) => label !== 'Or pick a day' && label !== 'Or paste it');

/** What a user reads, without the marks of bold text, of commands and of escaped characters. */
const plain = (words: string) =>
  words
    .replace(/<(\/[^:<>]+):\d+>/g, '$1')
    .replace(/[*\\`\u2060\u200B]/g, '')
    .toLowerCase();

/** Uses every command in every way, and expects the answer that only this command gives. */
export function everyCommandSuite<
  H extends Harness,
  M extends { labels: readonly string[] },
  O extends Outcome<M>,
>(platform: EveryCommandPlatform<H, M, O>): void {
  const { type, press, slash, answer, tryOut } = platform;

  describe(`every declared command does its work in ${platform.name}`, () => {
    let harness: H;
    beforeAll(async () => {
      harness = await platform.startHarness();
      return () => {
        expect(harness.double.violations).toEqual([]);
        expect(harness.warnings).toEqual([]);
      };
    });

    /** Grace says a line to the bot directly, so that the platform shows nothing of it. */
    async function say(line: string, way: string): Promise<void> {
      const { grace } = platform.names(harness);
      await harness.bot.handle({
        ...harness.bot.parseLine(line),
        actor: grace,
        place: { ...grace, channel: 'elsewhere', direct: true },
        partnership: harness.partnership,
        profiles: { [grace.user]: { name: 'Grace', zone: null, standing: 'owner' } },
        key: `${way} ${line}`,
      });
    }

    async function pressButton(command: string, args: Readonly<RawArgs>): Promise<O> {
      const button = { label: 'Press', command, args };
      const address = { to: 'user', identity: platform.names(harness).grace } as const;
      await harness.convenor.send(oneButton(harness.partnership, address, button));
      return press(harness);
    }

    /** Uses a command in one way: with the args of its case, then without args, unless the platform asks for one. */
    async function expectSaid(
      name: string,
      x: string,
      use: (args: Readonly<RawArgs>) => Promise<O>,
      isAsked: boolean,
    ): Promise<void> {
      const given = cases.get(name) ?? { says: [] };
      const said = given.saysIn?.[platform.name] ?? given.says;
      const { before, args, says, alone } = filledIn(
        { ...given, says: said, alone: given.aloneIn?.[platform.name] ?? given.alone },
        { x, ...platform.names(harness) },
      );
      for (const line of before) await say(line, x);
      const { words } = await answer(await use(args));
      for (const piece of says) expect(plain(words)).toContain(piece.toLowerCase());
      if (!given.args || isAsked) return;
      const bare = await answer(await use({}));
      const command = commands.find((one) => one.name === name);
      if (alone) expect(plain(bare.words)).toContain(alone.toLowerCase());
      else expect(asked(bare.labels ?? [])).toEqual(command && asksOf(command).slice(0, 5));
    }

    const typed = (name: string, args: Readonly<RawArgs>) =>
      [name, ...Object.entries(args).map(([arg, value]) => `${arg}:"${value}"`)].join(' ');
    const useSlash =
      slash && ((name: string, args: Readonly<RawArgs>) => slash(harness, name, args));
    const ways = [
      {
        way: 'by text',
        x: 'Alder',
        reached: typedCommands,
        use: (name: string, args: Readonly<RawArgs>) => type(harness, typed(name, args)),
      },
      { way: 'by button', x: 'Birch', reached: commands, use: pressButton },
      ...(useSlash
        ? [
            {
              way: 'by its own slash command',
              x: 'Cedar',
              reached: typedCommands,
              use: useSlash,
            },
          ]
        : []),
    ];
    describe.each(ways)('$way', ({ x, reached, use }) => {
      // The way before ended with Tom's leaving.
      beforeAll(async () => {
        await answer(await type(harness, `member add ${platform.names(harness).tom}`));
      });

      it.each(reached.map(({ name }) => name))('%s', async (name) => {
        const isAsked = use === useSlash && platform.asksItself?.(harness, name) === true;
        await expectSaid(name, x, (args) => use(name, args), isAsked);
      });
    });

    /** What the button of a form names: there is none for a contact or follow-up that is gone. */
    async function referenceFor(name: string): Promise<string> {
      await say('log "Riverside Council" met them next:"send the map" by:friday', `form ${name}`);
      const store = harness.stores.forPartnership(harness.partnership);
      const { rows: noted } = await store.of(contacts).find({ index: 'byLogged', where: {} }, 1);
      const where = { state: 'open' } as const;
      const { rows: open } = await store.of(followups).find({ index: 'byDueDay', where }, 1);
      const [row] = name.startsWith('followup ') ? open : noted;
      return `#${row?.id}`;
    }

    const asking = commands.filter((command) => asksOf(command).length > 0);
    it.each(asking.map((command) => [command.name, command] as const))(
      'by form: %s',
      async (name, command) => {
        // The button that opens the form carries what has no field in it.
        const fieldless = Object.entries(command.args).filter(([, arg]) => arg.needed && !arg.ask);
        const reference = await referenceFor(name);
        const carried = Object.fromEntries(fieldless.map(([arg]) => [arg, reference]));
        const modal = await (await pressButton(name, { ...carried, form: 'yes' })).modal();
        expect(asked(modal.labels)).toEqual(asksOf(command).slice(0, 5));
        await tryOut?.(harness, modal);
      },
    );
  });
}
