import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIStringSelectComponent,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import { idOfButton } from '../../core/message/button-id.ts';
import type { RawArgs } from '../../core/message/invocation.ts';
import type { Button } from '../../core/message/reply.ts';
import { groupBlocks } from '../shared/fit-blocks.ts';
import { overflowMenu, readPressed } from '../shared/overflow-menu.ts';
import { resolveMentions } from '../shared/resolve-mentions.ts';
import { LONGEST_ID, LONGEST_LABEL, LONGEST_OPTION, MOST_BUTTONS, MOST_OPTIONS } from './limits.ts';
import { plainText } from './plain-text.ts';
import type { ReaderContext } from './text.ts';

/** Buttons side by side, or a menu. */
export type ActionRow = APIActionRowComponent<
  APIButtonComponentWithCustomId | APIStringSelectComponent
>;

/** What was pressed, as an interaction has it: a button, or an option picked from a row's menu. */
export interface Pressed {
  customId: string;
  values?: readonly string[];
}

/** The command and args of a pressed button or picked option. @returns undefined for what is not Convenor's. */
export function pressed({
  customId,
  values,
}: Pressed): { command: string; args: RawArgs } | undefined {
  return readPressed(customId, values?.[0]);
}

/** Room for what makes an id the only one in its message, which has 40 components at most. */
const ROOM = '.40'.length;
/** A row shows so many buttons; of more it shows the first two and folds the others into a menu. */
const SHOWN = 3;

/** Buttons side by side. Core keeps their ids short enough; what Discord could not take is left out. */
export function buttonRows(
  buttons: readonly Button[],
  reader: ReaderContext,
): readonly ActionRow[] {
  const elements = buttons.flatMap((button) => buttonElement(button, reader));
  const most = { sizeOf: () => 1, largest: MOST_BUTTONS };
  return groupBlocks<APIButtonComponentWithCustomId>(elements, most).map(rowOf);
}

/**
 * What can be done with a row: few buttons as they are, of many the first two and a menu of the rest.
 * @param folded all but a single one in the menu, which takes less room.
 */
export function actionRows(
  buttons: readonly Button[],
  reader: ReaderContext,
  folded: boolean,
): readonly ActionRow[] {
  const open = folded ? 0 : 2;
  const menu =
    buttons.length > (folded ? 1 : SHOWN) ? menuOf(buttons.slice(open), reader) : undefined;
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
  if (id.length > LONGEST_ID - ROOM) return [];
  return [
    {
      type: ComponentType.Button,
      style: STYLES[button.style ?? 'plain'],
      custom_id: id,
      label: labelOf(button, reader, LONGEST_LABEL),
    },
  ];
}

function menuOf(
  buttons: readonly Button[],
  reader: ReaderContext,
): APIStringSelectComponent | undefined {
  const room = { options: MOST_OPTIONS, id: LONGEST_ID - ROOM, value: LONGEST_OPTION };
  const ids = overflowMenu(buttons, room);
  if (!ids) return undefined;
  return {
    type: ComponentType.StringSelect,
    custom_id: ids.id,
    placeholder: 'Act…',
    options: buttons.map((button, index) => ({
      label: labelOf(button, reader, LONGEST_OPTION),
      value: ids.values[index] ?? '',
    })),
  };
}

function labelOf({ label }: Button, reader: ReaderContext, most: number): string {
  return plainText(resolveMentions(label, reader), most);
}
