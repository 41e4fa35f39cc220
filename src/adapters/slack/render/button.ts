import type {
  ActionsBlock,
  Button as ButtonElement,
  Overflow,
  PlainTextElement,
} from '@slack/types';
import { idOfButton } from '../../../core/message/button-id.ts';
import type { Button } from '../../../core/message/reply.ts';
import {
  commandOfId,
  MAX_BUTTONS_IN_ROW,
  overflowMenu,
  type Unique,
} from '../../shared/overflow-menu.ts';
import type { RequestedCommand } from '../../shared/request.ts';
import { groupElements } from './fit.ts';
import {
  MAX_ACTIONS_PER_BLOCK,
  MAX_BUTTON_LABEL_LENGTH,
  MAX_ID_LENGTH,
  MAX_OPTION_LENGTH,
  MAX_OVERFLOW_OPTIONS,
} from './limits.ts';
import { withNames } from './mentions.ts';
import { plainText } from './plain-text.ts';
import type { ReaderContext } from './text.ts';

/** What was pressed, as in a `block_actions` payload: a button, or an option of a row's menu. */
export interface PressedAction {
  action_id: string;
  selected_option?: { value?: string } | null;
}

/** The command of a pressed button or picked option; undefined if it is not one of Convenor's. */
export function commandOfPress(action: PressedAction): RequestedCommand | undefined {
  return commandOfId(action.action_id, action.selected_option?.value);
}

/** Leaves room for the number that makes an id unique in its message. */
const MAX_BUTTON_ID_LENGTH = MAX_ID_LENGTH - '.999'.length;

/** Buttons side by side. Core keeps their ids short; a button whose id is too long for Slack is left out. */
export function buttonBlocks(
  buttons: readonly Button[],
  reader: ReaderContext,
  unique: Unique,
): readonly ActionsBlock[] {
  return actionBlocks(buttons.flatMap((button) => buttonElement(button, reader, unique)));
}

/** The buttons of a row. If there are many: the first two, and a menu of the others. */
export function rowBlocks(
  buttons: readonly Button[],
  reader: ReaderContext,
  unique: Unique,
): readonly ActionsBlock[] {
  const menu =
    buttons.length > MAX_BUTTONS_IN_ROW ? menuOf(buttons.slice(2), reader, unique) : undefined;
  if (!menu) return buttonBlocks(buttons, reader, unique);
  const first = buttons.slice(0, 2).flatMap((button) => buttonElement(button, reader, unique));
  return actionBlocks([...first, menu]);
}

function actionBlocks(elements: readonly (ButtonElement | Overflow)[]): readonly ActionsBlock[] {
  return groupElements(elements, MAX_ACTIONS_PER_BLOCK).map((group) => ({
    type: 'actions',
    elements: group,
  }));
}

function buttonElement(button: Button, reader: ReaderContext, unique: Unique): ButtonElement[] {
  const id = idOfButton(button);
  if (id.length > MAX_BUTTON_ID_LENGTH) return [];
  const style = button.style && { style: button.style };
  return [{ type: 'button', action_id: unique(id), text: labelOf(button, reader), ...style }];
}

function menuOf(
  buttons: readonly Button[],
  reader: ReaderContext,
  unique: Unique,
): Overflow | undefined {
  const menu = overflowMenu(buttons, {
    maxOptions: MAX_OVERFLOW_OPTIONS,
    maxIdLength: MAX_BUTTON_ID_LENGTH,
    maxValueLength: MAX_OPTION_LENGTH,
  });
  if (!menu) return undefined;
  const options = buttons.map((button, index) => ({
    text: labelOf(button, reader),
    value: menu.values[index] ?? '',
  }));
  return { type: 'overflow', action_id: unique(menu.id), options };
}

function labelOf({ label }: Button, reader: ReaderContext): PlainTextElement {
  return plainText(withNames(label, reader), MAX_BUTTON_LABEL_LENGTH);
}
