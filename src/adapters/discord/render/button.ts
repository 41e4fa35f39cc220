import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIStringSelectComponent,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import { idOfButton } from '../../../core/message/button-id.ts';
import type { Button } from '../../../core/message/reply.ts';
import { groupBlocks } from '../../shared/fit-blocks.ts';
import { commandOfId, MAX_BUTTONS_IN_ROW, overflowMenu } from '../../shared/overflow-menu.ts';
import type { RequestedCommand } from '../../shared/request.ts';
import { resolveMentions } from '../../shared/resolve-mentions.ts';
import {
  MAX_BUTTON_LABEL_LENGTH,
  MAX_BUTTONS_PER_ROW,
  MAX_COMPONENTS_PER_MESSAGE,
  MAX_ID_LENGTH,
  MAX_OPTION_LENGTH,
  MAX_OPTIONS,
} from './limits.ts';
import { plainText } from './plain-text.ts';
import type { ReaderContext } from './text.ts';

/** A row of buttons, or a menu. */
export type ActionRow = APIActionRowComponent<
  APIButtonComponentWithCustomId | APIStringSelectComponent
>;

/** What was pressed, as in an interaction: a button, or an option of a row's menu. */
export interface PressedComponent {
  customId: string;
  values?: readonly string[];
}

/** The command of a pressed button or picked option; undefined if it is not one of Convenor's. */
export function commandOfPress({
  customId,
  values,
}: PressedComponent): RequestedCommand | undefined {
  return commandOfId(customId, values?.[0]);
}

/** Leaves room for the number that makes an id unique in its message. */
const MAX_BUTTON_ID_LENGTH = MAX_ID_LENGTH - `.${MAX_COMPONENTS_PER_MESSAGE}`.length;

/** Buttons side by side. Core keeps their ids short; a button whose id is too long for Discord is left out. */
export function buttonRows(
  buttons: readonly Button[],
  reader: ReaderContext,
): readonly ActionRow[] {
  const elements = buttons.flatMap((button) => buttonElement(button, reader));
  const limits = { sizeOf: () => 1, maxSize: MAX_BUTTONS_PER_ROW };
  return groupBlocks<APIButtonComponentWithCustomId>(elements, limits).map(rowOf);
}

/**
 * The buttons of a row. If there are many: the first two, and a menu of the others.
 * @param folded puts all buttons into the menu (unless there is only one), which needs fewer components.
 */
export function actionRows(
  buttons: readonly Button[],
  reader: ReaderContext,
  folded: boolean,
): readonly ActionRow[] {
  const open = folded ? 0 : 2;
  const menu =
    buttons.length > (folded ? 1 : MAX_BUTTONS_IN_ROW)
      ? menuOf(buttons.slice(open), reader)
      : undefined;
  if (!menu) return buttonRows(buttons, reader);
  return [...buttonRows(buttons.slice(0, open), reader), rowOf([menu])];
}

function rowOf(components: ActionRow['components']): ActionRow {
  return { type: ComponentType.ActionRow, components };
}

const STYLES = {
  primary: ButtonStyle.Primary,
  danger: ButtonStyle.Danger,
  plain: ButtonStyle.Secondary,
} as const;

function buttonElement(button: Button, reader: ReaderContext): APIButtonComponentWithCustomId[] {
  const id = idOfButton(button);
  if (id.length > MAX_BUTTON_ID_LENGTH) return [];
  return [
    {
      type: ComponentType.Button,
      style: STYLES[button.style ?? 'plain'],
      custom_id: id,
      label: labelOf(button, reader, MAX_BUTTON_LABEL_LENGTH),
    },
  ];
}

function menuOf(
  buttons: readonly Button[],
  reader: ReaderContext,
): APIStringSelectComponent | undefined {
  const menu = overflowMenu(buttons, {
    maxOptions: MAX_OPTIONS,
    maxIdLength: MAX_BUTTON_ID_LENGTH,
    maxValueLength: MAX_OPTION_LENGTH,
  });
  if (!menu) return undefined;
  return {
    type: ComponentType.StringSelect,
    custom_id: menu.id,
    placeholder: 'What to do…',
    options: buttons.map((button, index) => ({
      label: labelOf(button, reader, MAX_OPTION_LENGTH),
      value: menu.values[index] ?? '',
    })),
  };
}

function labelOf({ label }: Button, reader: ReaderContext, maxLength: number): string {
  return plainText(resolveMentions(label, reader), maxLength);
}
