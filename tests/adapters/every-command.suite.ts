import { beforeAll, describe, expect, it } from 'vitest';
import { allCommands } from '../../src/core/bot/commands.ts';
import type { Identity, RawArgs } from '../../src/core/message/invocation.ts';
import type { Adapter, Bot } from '../../src/core/ports/platform.ts';
import { commandCases, filledIn } from '../fixtures/command-cases.ts';
import { oneButton } from './one-button.ts';

/** A platform with Convenor, on which Grace coordinates and Riverside Council is a partner. */
interface Harness {
  bot: Bot;
  convenor: Pick<Adapter, 'send'>;
  partnership: string;
  warnings: readonly unknown[];
  double: { violations: readonly string[] };
}

/** What comes of a user's action: in the end a message or a modal. */
interface Outcome<M> {
  modal(): Promise<M>;
}

/** What the suite needs to know of a platform. */
interface EveryCommandPlatform<H extends Harness, M, O extends Outcome<M>> {
  name: string;
  startHarness(): Promise<H>;
  /** Grace; the mentions of Tom, who is on the platform too, and of a channel. */
  names(harness: H): { grace: Identity; tom: string; channel: string };
  /** Grace types a line. */
  type(harness: H, line: string): Promise<O>;
  /** Grace presses `Press` on the last message that she sees from Convenor. */
  press(harness: H): Promise<O>;
  /** Grace uses the command's own slash command, where there is one. */
  slash?(harness: H, command: string, args: Readonly<RawArgs>): Promise<O>;
  /** The message or modal that comes. */
  answer(outcome: O): Promise<{ words: string; labels?: readonly string[] }>;
  /** Does with an open form what can be done with it. */
  tryOut?(harness: H, modal: M): Promise<void>;
}

const cases = commandCases();
const commands = [...allCommands().values()];
/** A command without an example is used by buttons only. */
const typedCommands = commands.filter(({ examples }) => examples.length > 0);
const asksOf = ({ args }: (typeof commands)[number]) =>
  Object.values(args).flatMap(({ ask }) => ask ?? []);

/** What a user reads, without the marks of bold text and of escaped characters. */
const plain = (words: string) => words.replace(/[*\\\u2060\u200B]/g, '').toLowerCase();

/** Says every command by every way in, and expects what only that command answers. */
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

    /** Grace says a line without the platform; her own channel with Convenor stays as it is. */
    async function say(line: string, way: string): Promise<void> {
      const { grace } = platform.names(harness);
      await harness.bot.handle({
        ...harness.bot.read(line),
        actor: grace,
        place: { ...grace, channel: 'elsewhere', direct: true },
        partnership: harness.partnership,
        key: `${way} ${line}`,
      });
    }

    async function pressButton(command: string, args: Readonly<RawArgs>): Promise<O> {
      const button = { label: 'Press', command, args };
      const address = { to: 'user', identity: platform.names(harness).grace } as const;
      await harness.convenor.send(oneButton(harness.partnership, address, button));
      return press(harness);
    }

    /** Has the command's case said in one way, and then the command alone. */
    async function expectSaid(
      name: string,
      x: string,
      use: (args: Readonly<RawArgs>) => Promise<O>,
    ): Promise<void> {
      const given = cases.get(name) ?? { says: [] };
      const said = given.saysIn?.[platform.name] ?? given.says;
      const { before, args, says, alone } = filledIn(
        { ...given, says: said },
        { x, ...platform.names(harness) },
      );
      for (const line of before) await say(line, x);
      const { words } = await answer(await use(args));
      for (const piece of says) expect(plain(words)).toContain(piece.toLowerCase());
      if (!given.args) return;
      const bare = await answer(await use({}));
      const command = commands.find((one) => one.name === name);
      if (alone) expect(plain(bare.words)).toContain(alone.toLowerCase());
      else expect(bare.labels).toEqual(command && asksOf(command).slice(0, 5));
    }

    const typed = (name: string, args: Readonly<RawArgs>) =>
      [name, ...Object.entries(args).map(([arg, value]) => `${arg}:"${value}"`)].join(' ');
    const ways = [
      {
        way: 'by text',
        x: 'Alder',
        reached: typedCommands,
        use: (name: string, args: Readonly<RawArgs>) => type(harness, typed(name, args)),
      },
      { way: 'by button', x: 'Birch', reached: commands, use: pressButton },
      ...(slash
        ? [
            {
              way: 'by its own slash command',
              x: 'Cedar',
              reached: typedCommands,
              use: (name: string, args: Readonly<RawArgs>) => slash(harness, name, args),
            },
          ]
        : []),
    ];
    describe.each(ways)('$way', ({ x, reached, use }) => {
      // Tom has left at the end of the way before.
      beforeAll(async () => {
        await answer(await type(harness, `member add ${platform.names(harness).tom}`));
      });

      it.each(reached.map(({ name }) => name))('%s', async (name) => {
        await expectSaid(name, x, (args) => use(name, args));
      });
    });

    const asking = commands.filter((command) => asksOf(command).length > 0);
    it.each(asking.map((command) => [command.name, command] as const))(
      'by form: %s',
      async (name, command) => {
        // The button that opens the form carries what has no field in it.
        const fieldless = Object.entries(command.args).filter(([, arg]) => arg.needed && !arg.ask);
        const carried = Object.fromEntries(fieldless.map(([arg]) => [arg, '#nothing']));
        const modal = await (await pressButton(name, { ...carried, form: 'yes' })).modal();
        expect(modal.labels).toEqual(asksOf(command).slice(0, 5));
        await tryOut?.(harness, modal);
      },
    );

    const examples = commands.flatMap(({ name, examples }) =>
      examples.map((line) => [name, line] as const),
    );
    it.each(examples)('an example of %s, typed: %s', async (name, line) => {
      expect(harness.bot.read(line).command).toBe(name);
      const { words } = await answer(await type(harness, line));
      expect(words).not.toMatch(/I don't know "|no longer works|something went wrong/);
    });
  });
}
