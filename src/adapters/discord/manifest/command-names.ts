import { ApplicationCommandType } from 'discord.js';
import { z } from 'zod';
import type { BackgroundTasks } from '../../../core/async/background-tasks.ts';
import type { Clock } from '../../../core/base/clock.ts';
import type { Command, Commands } from '../../../core/command/command.ts';
import { commandLine } from '../../../core/message/rich-text.ts';
import type { CommandNames } from '../../shared/inline-nodes.ts';
import { WHOLE_LINE } from './manifest.ts';
import { slashOf } from './slash-name.ts';

/** After a failure, the ids are read again no sooner. */
const READ_PAUSE_MS = 60_000;

/** Registered commands. Only their ids are needed: https://discord.com/developers/docs/interactions/application-commands#application-command-object */
const registeredCommands = z.array(
  z.object({ id: z.string(), name: z.string(), type: z.number().optional() }),
);

export interface DiscordCommandNames extends CommandNames {
  /** Keeps the ids of the commands, as Discord returned them. */
  learn(registered: unknown): void;
}

interface CommandNamesDeps {
  commands: Commands;
  clock: Clock;
  tasks: BackgroundTasks;
  /** Reads the registered commands from Discord. A process that only delivers does not register them. */
  read(): Promise<unknown>;
}

/**
 * Shows commands as mentions that open them when pressed: `</partner list:ID>`. Until their ids are known, and with words
 * after them, they are shown as somebody types them: `/partner list archived:yes`.
 * https://discord.com/developers/docs/reference#message-formatting
 */
export function commandNames({
  commands,
  clock,
  tasks,
  read,
}: CommandNamesDeps): DiscordCommandNames {
  let ids: ReadonlyMap<string, string> | undefined;
  let nextReadMs = 0;

  function learn(registered: unknown): void {
    const { data = [] } = registeredCommands.safeParse(registered);
    const slash = data.filter(({ type = ApplicationCommandType.ChatInput }) => {
      return type === ApplicationCommandType.ChatInput;
    });
    ids = new Map(slash.map(({ id, name }) => [name, id]));
  }

  /** Does not wait: a message goes out in time, with the commands' plain names. */
  function readIds(): void {
    const nowMs = clock.now().getTime();
    if (ids || nowMs < nextReadMs) return;
    nextReadMs = nowMs + READ_PAUSE_MS;
    tasks.add(read().then(learn));
  }

  return {
    learn,
    show(command, words) {
      const slash = slashOf(command, commands);
      const options = words === undefined ? '' : optionsText(words, commands.get(command));
      if (!slash || options === undefined) return { text: wholeLine(command, words) };
      const name = slash.subcommand ? `${slash.name} ${slash.subcommand}` : slash.name;
      if (words !== undefined) return { text: `/${name} ${options}` };
      readIds();
      const id = ids?.get(slash.name);
      return { text: `/${name}`, ...(id === undefined ? {} : { mention: `</${name}:${id}>` }) };
    },
  };
}

/** A line that only the command for whole lines takes: `/convenor line:log oakfield met the head`. */
function wholeLine(command: string, words: string | undefined): string {
  return `/${WHOLE_LINE.name} ${WHOLE_LINE.option}:${commandLine({ command, words })}`;
}

/**
 * Typed words as Discord shows options: each with its name, and without quotation marks.
 * @returns undefined if the words without a name can be several options.
 */
function optionsText(words: string, command: Command | undefined): string | undefined {
  const unnamed = command?.words ?? [];
  const isNamed = /^[\w-]+:/.test(words);
  if (!isNamed && unnamed.length !== 1) return undefined;
  return (isNamed ? words : `${unnamed[0]}:${words}`).replace(/:"([^"]*)"/g, ':$1');
}
