import type {
  ActionsBlock,
  Button as ButtonElement,
  Overflow,
  PlainTextElement,
} from '@slack/types';
import { idOfButton } from '../../core/message/button-id.ts';
import type { RawArgs } from '../../core/message/invocation.ts';
import type { Button } from '../../core/message/reply.ts';
import { overflowMenu, readPressed, type Unique } from '../shared/overflow-menu.ts';
import { named } from './blocks/tokens.ts';
import { grouped } from './fit.ts';
import { LONGEST_ID, LONGEST_LABEL, LONGEST_OPTION, MOST_ACTIONS, MOST_FOLDED } from './limits.ts';
import { plainText } from './plain-text.ts';
import type { ReaderContext } from './text.ts';

/** What was pressed, as a `block_actions` payload has it: a button, or an option picked from a row's menu. */
export interface PressedAction {
  action_id: string;
  selected_option?: { value?: string } | null;
}

/** The command and args of a pressed button or picked option. @returns undefined for what is not Convenor's. */
export function pressed(action: PressedAction): { command: string; args: RawArgs } | undefined {
  return readPressed(action.action_id, action.selected_option?.value);
}

/** Room for what makes an id the only one in its message. */
const ROOM = '.999'.length;
/** A row shows so many buttons; of more it shows the first two and folds the others into a menu. */
const SHOWN = 3;

/** Buttons side by side. Core keeps their ids short enough; what Slack could not take is left out. */
export function buttonBlocks(
  buttons: readonly Button[],
  reader: ReaderContext,
  unique: Unique,
): readonly ActionsBlock[] {
  return actionBlocks(buttons.flatMap((button) => buttonElement(button, reader, unique)));
}

/** What can be done with a row: few buttons as they are, of many the first two and a menu of the rest. */
export function rowBlocks(
  buttons: readonly Button[],
  reader: ReaderContext,
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

function buttonElement(button: Button, reader: ReaderContext, unique: Unique): ButtonElement[] {
  const id = idOfButton(button);
  if (id.length > LONGEST_ID - ROOM) return [];
  const style = button.style && { style: button.style };
  return [{ type: 'button', action_id: unique(id), text: labelOf(button, reader), ...style }];
}

function menuOf(
  buttons: readonly Button[],
  reader: ReaderContext,
  unique: Unique,
): Overflow | undefined {
  const room = { options: MOST_FOLDED, id: LONGEST_ID - ROOM, value: LONGEST_OPTION };
  const ids = overflowMenu(buttons, room);
  if (!ids) return undefined;
  const options = buttons.map((button, index) => ({
    text: labelOf(button, reader),
    value: ids.values[index] ?? '',
  }));
  return { type: 'overflow', action_id: unique(ids.id), options };
}

function labelOf({ label }: Button, reader: ReaderContext): PlainTextElement {
  return plainText(named(label, reader), LONGEST_LABEL);
}
