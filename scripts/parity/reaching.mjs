// How commands are reached in each chat.
import { GatewayIntentBits } from 'discord.js';
import { INTENTS } from '../../dist/adapters/discord/connection/gateway.js';
import { applicationCommands } from '../../dist/adapters/discord/manifest/manifest.js';
import { slashOf } from '../../dist/adapters/discord/manifest/slash-name.js';
import { places } from '../../dist/adapters/playground/places.js';
import {
  botScopes,
  directCommands,
  manifestOf,
} from '../../dist/adapters/slack/manifest/manifest.js';
import { HOME_COMMAND } from '../../dist/core/features/briefs/commands.js';
import { inputsOf, NONE } from './chats.mjs';

const WHOLE_LINE_COMMAND = '/convenor';

export const reaching = {
  /** One row: how a command is called, and whether its form opens with all of its inputs. */
  command(command, commands) {
    const { name, examples } = command;
    if (name === HOME_COMMAND)
      return { name, slack: 'the Home tab', discord: NONE, playground: NONE };
    const inputs = inputsOf(command);
    const isAsking = inputs.playground.length > 0;
    const cell = (ways, found) => {
      if (found.length !== inputs.playground.length) throw new Error(`${name} lacks inputs.`);
      const called =
        examples.length > 0 ? ways.map((way) => `\`${way}\``).join(', ') : 'on buttons';
      return isAsking ? `${called}; form` : called;
    };
    const direct = directCommands.filter((each) => each.command === name);
    return {
      name,
      slack: cell(
        [`${WHOLE_LINE_COMMAND} ${name}`, ...direct.map(({ slash }) => slash)],
        // A date has a calendar beside its words, and a file a box for its text.
        inputs.slack.filter(({ type }) => !['datepicker', 'file_input'].includes(type)),
      ),
      discord: cell([slashIn(name, commands)], inputs.discord),
      playground: cell([name], inputs.playground),
    };
  },

  waysIn(commands) {
    const { features, settings } = manifestOf(commands, { command: WHOLE_LINE_COMMAND });
    const events = settings.event_subscriptions.bot_events;
    const declared = applicationCommands(commands);
    const slashes = declared.filter(({ type }) => type === undefined);
    const whole = slashes.find(({ name }) => `/${name}` === WHOLE_LINE_COMMAND);
    const ownOnes = slashes.filter((slash) => slash !== whole).map(({ name }) => `\`/${name}\``);
    const menu = declared.find(({ type }) => type === 3);
    const home = features.app_home.home_tab_enabled;
    const isDirect = declared.every(({ contexts }) => contexts.includes(1));
    return [
      {
        name: 'Any command, typed as one line',
        slack: `\`${features.slash_commands[0].command} …\``,
        discord: whole ? `\`${WHOLE_LINE_COMMAND} ${whole.options[0].name}:…\`` : NONE,
        playground: 'yes',
      },
      {
        name: 'Commands of their own',
        slack: directCommands.map(({ slash }) => `\`${slash}\``).join(', '),
        discord: ownOnes.join(', '),
        playground: 'every line is one',
      },
      {
        name: 'Any line in a direct message, without a slash',
        slack: events.includes('message.im') ? 'yes' : NONE,
        discord: INTENTS.includes(GatewayIntentBits.DirectMessages) ? 'yes' : NONE,
        playground: places.some(({ direct }) => direct) ? 'yes' : NONE,
      },
      {
        name: 'A mention in a channel or a thread',
        slack: events.includes('app_mention') ? '`@Convenor …`' : NONE,
        discord: INTENTS.includes(GatewayIntentBits.GuildMessages) ? '`@Convenor …`' : NONE,
        playground: 'every line is for it',
      },
      {
        name: 'From the menu of a message',
        slack: shortcutsOf(features, 'message'),
        discord: menu?.name ?? NONE,
        playground: NONE,
      },
      {
        name: 'From the box where one writes, also in a thread',
        slack: shortcutsOf(features, 'global'),
        discord: NONE,
        playground: 'every line is one',
      },
      {
        name: 'A page of one’s own: what is due today',
        slack: home ? 'Home' : NONE,
        discord: `${NONE}; \`${slashIn('today', commands)}\``,
        playground: `${NONE}; \`today\``,
      },
      {
        name: 'Direct messages: reminders, briefs, answers',
        slack: botScopes.some(({ scope }) => scope === 'im:write') ? 'yes' : NONE,
        discord: isDirect ? 'yes' : NONE,
        playground: places.some(({ direct }) => direct) ? 'yes' : NONE,
      },
    ];
  },
};

function slashIn(command, commands) {
  const { name, subcommand } = slashOf(command, commands) ?? {};
  return subcommand === undefined ? `/${name}` : `/${name} ${subcommand}`;
}

/** The names of Slack's shortcuts of one type: `message` or `global`. */
function shortcutsOf({ shortcuts }, type) {
  const names = shortcuts.filter((shortcut) => shortcut.type === type).map(({ name }) => name);
  return names.join(', ') || NONE;
}
