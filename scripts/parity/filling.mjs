// How each kind of arg is filled in: the first one of its kind that is declared stands for all.
import { ComponentType as Box, ApplicationCommandOptionType as Option } from 'discord.js';
import { optionOf } from '../../dist/adapters/discord/slash/option.js';
import { Box as PageBox } from '../../dist/adapters/playground/page/box.js';
import { LONGEST_INPUT } from '../../dist/adapters/slack/limits.js';
import { boxesOf, NONE } from './chats.mjs';

const TYPED = 'typed';
const SLACK = {
  plain_text_input: TYPED,
  number_input: 'a number',
  static_select: 'a menu',
  multi_static_select: 'a menu of several',
  external_select: 'suggestions while one types',
  users_select: 'picked from the people there',
  conversations_select: 'picked from the channels there',
};
const DISCORD = {
  [Box.TextInput]: TYPED,
  [Box.StringSelect]: 'a menu',
  [Box.UserSelect]: 'picked from the people there',
  [Box.ChannelSelect]: 'picked from the channels there',
  [Box.RoleSelect]: 'picked from the roles there',
  [Box.FileUpload]: 'attached',
};
const DISCORD_OPTION = {
  [Option.String]: TYPED,
  [Option.Integer]: 'a number',
  [Option.Boolean]: 'yes or no',
  [Option.User]: 'picked from the people there',
  [Option.Channel]: 'picked from the channels there',
  [Option.Role]: 'picked from the roles there',
  [Option.Attachment]: 'attached',
};
const PAGE = { Pick: 'a menu', Choices: 'tick boxes', FileBox: 'attached', checkbox: 'a tick box' };

/** One row for each kind. */
export function filling(commands) {
  const args = [...commands.values()].flatMap((command) => Object.values(command.args));
  const firsts = new Map(args.toReversed().map((arg) => [arg.kind, arg]));
  return [...firsts].sort(([a], [b]) => a.localeCompare(b)).map(([kind, arg]) => rowOf(kind, arg));
}

function rowOf(kind, arg) {
  const boxes = boxesOf({ name: 'try', summary: 'Try', args: { it: { ...arg, ask: 'It?' } } });
  const inSlack = SLACK[boxes.slack[0].type];
  const [box] = boxes.discord;
  const inDiscord = box.max_values > 1 ? 'a menu of several' : DISCORD[box.type];
  const inCommand = optionWords(optionOf('it', arg));
  const onPage = pageWords(boxes.playground[0]);
  // There is nothing to name where there is nothing to pick.
  const known = (words) => (kind === 'role' && words === TYPED ? NONE : words);
  const pasted = `pasted, up to ${LONGEST_INPUT.toLocaleString('en-GB')} characters`;
  return {
    name: kind,
    slack: kind === 'file' && inSlack === TYPED ? pasted : known(inSlack),
    discord:
      inDiscord === inCommand
        ? known(inDiscord)
        : `${inDiscord} in a form, ${inCommand} in a command`,
    playground: known(onPage),
  };
}

function optionWords({ type, choices, autocomplete }) {
  if (choices) return 'a list';
  return autocomplete ? 'suggestions while one types' : DISCORD_OPTION[type];
}

function pageWords(field) {
  const { type, props } = PageBox({ id: 'it', field, value: '', change: () => {}, described: '' });
  if (props.list) return 'suggestions while one types';
  return PAGE[type.name ?? props.type] ?? TYPED;
}
