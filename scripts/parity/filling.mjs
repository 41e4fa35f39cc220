// How each kind of arg is filled in, tried with the first declared arg of that kind.
import { ComponentType, ApplicationCommandOptionType as Option } from 'discord.js';
import { optionOf } from '../../dist/adapters/discord/manifest/option.js';
import { FieldInput as PageInput } from '../../dist/adapters/playground/page/field.js';
import { MAX_INPUT_LENGTH } from '../../dist/adapters/slack/render/limits.js';
import { inputsOf, NONE } from './chats.mjs';

const TYPED = 'typed';
const TYPED_OR_DAY = 'typed, or picked from a calendar';
const TYPED_OR_TIME = 'typed, or picked from a clock';
const SLACK = {
  plain_text_input: TYPED,
  number_input: 'a number',
  static_select: 'a menu',
  multi_static_select: 'a menu of several',
  external_select: 'suggestions while one types',
  file_input: 'attached',
  timepicker: 'picked from a clock',
  users_select: 'picked from the people there',
  conversations_select: 'picked from the channels there',
};
const DISCORD = {
  [ComponentType.TextInput]: TYPED,
  [ComponentType.StringSelect]: 'a menu',
  [ComponentType.UserSelect]: 'picked from the people there',
  [ComponentType.ChannelSelect]: 'picked from the channels there',
  [ComponentType.RoleSelect]: 'picked from the roles there',
  [ComponentType.FileUpload]: 'attached',
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
const PAGE = {
  SelectInput: 'a menu',
  ChoicesInput: 'tick boxes',
  FileInput: 'attached',
  DateInput: TYPED_OR_DAY,
  TimeInput: TYPED_OR_TIME,
  checkbox: 'a tick box',
};

/** One row for each kind of arg. */
export function filling(commands) {
  const args = [...commands.values()].flatMap((command) => Object.values(command.args));
  const firsts = new Map(args.toReversed().map((arg) => [arg.kind, arg]));
  return [...firsts].sort(([a], [b]) => a.localeCompare(b)).map(([kind, arg]) => rowOf(kind, arg));
}

function rowOf(kind, arg) {
  const inputs = inputsOf({ name: 'try', summary: 'Try', args: { it: { ...arg, ask: 'It?' } } });
  const hasCalendar = inputs.slack.some(({ type }) => type === 'datepicker');
  const inSlack = hasCalendar ? TYPED_OR_DAY : SLACK[inputs.slack[0].type];
  const [input] = inputs.discord;
  const inDiscord = input.max_values > 1 ? 'a menu of several' : DISCORD[input.type];
  const inCommand = optionWords(optionOf('it', arg));
  const onPage = pageWords(inputs.playground[0]);
  // Without roles to pick from there is nothing to type either.
  const known = (words) => (kind === 'role' && words === TYPED ? NONE : words);
  const pasted = `pasted, up to ${MAX_INPUT_LENGTH.toLocaleString('en-GB')} characters`;
  return {
    name: kind,
    slack: kind === 'file' ? `${inSlack}, or ${pasted}` : known(inSlack),
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
  const { type, props } = PageInput({
    id: 'it',
    field,
    value: '',
    change: () => {},
    described: '',
  });
  if (props.list) return 'suggestions while one types';
  return PAGE[type.name ?? props.type] ?? TYPED;
}
