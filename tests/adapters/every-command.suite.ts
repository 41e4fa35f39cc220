import { beforeAll, describe, expect, it } from 'vitest';
import { allCommands } from '../../src/core/bot/commands.ts';
import type { Identity } from '../../src/core/message/invocation.ts';
import type { Adapter, Bot } from '../../src/core/ports/platform.ts';
import { oneButton } from './one-button.ts';

/** A stage on which Grace coordinates. */
interface Begun {
  bot: Bot;
  convenor: Pick<Adapter, 'send'>;
  partnership: string;
  warnings: readonly unknown[];
  double: { violations: readonly string[] };
}

/** What comes of what somebody does: in the end a message, or a modal. */
interface Outcome<M> {
  modal(): Promise<M>;
}

/** What of a platform the suite needs to know. */
interface Reaching<S extends Begun, M, O extends Outcome<M>> {
  name: string;
  openBegun(): Promise<S>;
  grace(stage: S): Identity;
  /** Grace types a line. */
  type(stage: S, line: string): Promise<O>;
  /** Grace presses `Press` on the last message that she sees from Convenor. */
  press(stage: S): Promise<O>;
  /** The message or modal that comes. */
  answer(outcome: O): Promise<{ words: string }>;
  /** Does with an open form what can be done with it. */
  tryOut?(stage: S, modal: M): Promise<void>;
  /** Ways in that only this platform has. @param reaches expects a command to be known there. */
  more?(stage: () => S, reaches: (outcome: O) => Promise<void>): void;
}

const commands = [...allCommands().values()];
const UNKNOWN = /I don't know "|no longer works|something went wrong/;

/** Every command is reached by every way in. */
export function everyCommandSuite<
  S extends Begun,
  M extends { labels: readonly string[] },
  O extends Outcome<M>,
>(on: Reaching<S, M, O>): void {
  describe(`every declared command is reached in ${on.name}`, () => {
    let stage: S;
    beforeAll(async () => {
      stage = await on.openBegun();
      return () => {
        expect(stage.double.violations).toEqual([]);
        expect(stage.warnings).toEqual([]);
      };
    });

    async function reaches(outcome: O): Promise<void> {
      expect((await on.answer(outcome)).words).not.toMatch(UNKNOWN);
    }

    /** A message of Convenor's to Grace with one button, pressed. */
    async function withButton(command: string, args: Record<string, string>): Promise<O> {
      const button = { label: 'Press', command, args };
      const address = { to: 'user', identity: on.grace(stage) } as const;
      await stage.convenor.send(oneButton(stage.partnership, address, button));
      return on.press(stage);
    }

    const typed = commands.flatMap(({ name, examples }) =>
      examples.map((line) => [name, line] as const),
    );
    it.each(typed)('by text: %s: %s', async (name, line) => {
      expect(stage.bot.read(line).command).toBe(name);
      await reaches(await on.type(stage, line));
    });

    on.more?.(() => stage, reaches);

    it.each(commands.map(({ name }) => [name]))('by button: %s', async (name) => {
      await reaches(await withButton(name, {}));
    });

    const asking = commands.filter(({ args }) => Object.values(args).some(({ ask }) => ask));
    it.each(asking.map((command) => [command.name, command] as const))(
      'by form: %s',
      async (name, { args }) => {
        // What has no box is carried by the button that opens the form.
        const boxless = Object.entries(args).filter(([, arg]) => arg.needed && !arg.ask);
        const carried = Object.fromEntries(boxless.map(([arg]) => [arg, '#nothing']));
        const modal = await (await withButton(name, { ...carried, form: 'yes' })).modal();
        const asks = Object.values(args).flatMap(({ ask }) => ask ?? []);
        expect(modal.labels).toEqual(asks.slice(0, 5));
        await on.tryOut?.(stage, modal);
      },
    );
  });
}
