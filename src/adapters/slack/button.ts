import type {
  ActionsBlock,
  Button as ButtonElement,
  Overflow,
  PlainTextElement,
} from '@slack/types';
import { idOfButton, readButtonId } from '../../core/button-id.ts';
import type { RawArgs } from '../../core/invocation.ts';
import type { Button } from '../../core/reply.ts';
import { grouped } from './fit.ts';
import { LONGEST_ID, LONGEST_LABEL, LONGEST_OPTION, MOST_ACTIONS, MOST_FOLDED } from './limits.ts';
import { plainText } from './plain-text.ts';
import type { Reader } from './text.ts';
import { named } from './tokens.ts';

/** What was pressed, as a `block_actions` payload has it: a button, or an option picked from a row's menu. */
export interface PressedAction {
  action_id: string;
  selected_option?: { value?: string } | null;
}

/** The command and args of a pressed button or picked option. @returns undefined for what is not Convenor's. */
export function pressed(action: PressedAction): { command: string; args: RawArgs } | undefined {
  const [, button, row] =
    /^(?:(v1\.[^.]*\.[^.]*)|(row\.[^.]*))(?:\.\d+)?$/.exec(action.action_id) ?? [];
  if (button !== undefined) return readButtonId(button);
  const shared = readButtonId(`${VERSION}${row}`);
  const own = readButtonId(`${VERSION}${action.selected_option?.value}`);
  return shared && own && { command: own.command, args: { ...shared.args, ...own.args } };
}

/** What every button id begins with. */
const VERSION = 'v1.';
/** Room for what makes an id the only one in its message. */
const ROOM = '.999'.length;
/** A row shows so many buttons; of more it shows the first two and folds the others into a menu. */
const SHOWN = 3;

/** Makes each action id the only one in its message. */
export type Unique = (id: string) => string;

/** Ids of one message: the second of the same is told apart by its number, which `pressed` drops. */
export function uniqueIds(): Unique {
  const times = new Map<string, number>();
  return (id) => {
    const time = (times.get(id) ?? 0) + 1;
    times.set(id, time);
    return time === 1 ? id : `${id}.${time}`;
  };
}

/** Buttons side by side. Core keeps their ids at 100 characters; what Slack could not take is left out. */
export function buttonBlocks(
  buttons: readonly Button[],
  reader: Reader,
  unique: Unique,
): readonly ActionsBlock[] {
  return actionBlocks(buttons.flatMap((button) => buttonElement(button, reader, unique)));
}

/** What can be done with a row: few buttons as they are, of many the first two and a menu of the rest. */
export function rowBlocks(
  buttons: readonly Button[],
  reader: Reader,
  unique: Unique,
): readonly ActionsBlock[] {
  const menu = buttons.length > SHOWN ? menuOf(buttons.slice(2), reader, unique) : undefined;
  if (!menu) return buttonBlocks(buttons, reader, unique);
  const first = buttons.slice(0, 2).flatMap((button) => buttonElement(button, reader, unique));
  return actionBlocks([...first, menu]);
}

function actionBlocks(elements: readonly (ButtonElement | Overflow)[]): readonly ActionsBlock[] {
  return grouped(elements, MOST_ACTIONS).map((group) => ({ type: 'actions', elements: group }));
}

function buttonElement(button: Button, reader: Reader, unique: Unique): ButtonElement[] {
  const id = idOfButton(button);
  if (id.length > LONGEST_ID - ROOM) return [];
  const style = button.style && { style: button.style };
  return [{ type: 'button', action_id: unique(id), text: labelOf(button, reader), ...style }];
}

/** The args that all options share travel in the menu's id: an option's value has room for little. */
function menuOf(buttons: readonly Button[], reader: Reader, unique: Unique): Overflow | undefined {
  const shared = Object.entries(buttons[0]?.args ?? {}).filter(([name, value]) =>
    buttons.every(({ args }) => args[name] === value),
  );
  const names = new Set(shared.map(([name]) => name));
  const id = shortId({ command: 'row', args: Object.fromEntries(shared) });
  const options = buttons.map((button) => {
    const own = Object.entries(button.args).filter(([name]) => !names.has(name));
    const value = shortId({ command: button.command, args: Object.fromEntries(own) });
    return { text: labelOf(button, reader), value };
  });
  const fits =
    options.length <= MOST_FOLDED &&
    new Set(options.map(({ value }) => value)).size === options.length &&
    id.length <= LONGEST_ID - ROOM &&
    options.every(({ value }) => value.length <= LONGEST_OPTION);
  return fits ? { type: 'overflow', action_id: unique(id), options } : undefined;
}

/** The menu's id reads `row.…`, an option's value only says the command and its own args. */
function shortId(button: Pick<Button, 'command' | 'args'>): string {
  return idOfButton(button).slice(VERSION.length);
}

function labelOf({ label }: Button, reader: Reader): PlainTextElement {
  return plainText(named(label, reader), LONGEST_LABEL);
}
