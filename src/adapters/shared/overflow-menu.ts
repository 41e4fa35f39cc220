import { idOfButton, readButtonId, VERSION } from '../../core/message/button-id.ts';
import type { Button } from '../../core/message/reply.ts';
import type { RequestedCommand } from './request.ts';

/** A row shows so many buttons. If it has more, it shows the first two and folds the others into a menu. */
export const MAX_BUTTONS_IN_ROW = 3;

/** The id of a menu that folds several buttons, and the value of each of its options. */
export interface OverflowMenu {
  id: string;
  values: readonly string[];
}

/** What a platform's menu can hold. Lengths are in characters. */
export interface MenuCapacity {
  maxOptions: number;
  maxIdLength: number;
  maxValueLength: number;
}

/**
 * Buttons as one menu. The args that all of them share travel in the menu's id (`row.…`), because an option's value has
 * little room: it holds only the command and its own args.
 * @returns undefined if the menu cannot hold them, or if two options would be the same.
 */
export function overflowMenu(
  buttons: readonly Pick<Button, 'command' | 'args'>[],
  { maxOptions, maxIdLength, maxValueLength }: MenuCapacity,
): OverflowMenu | undefined {
  const shared = Object.entries(buttons[0]?.args ?? {}).filter(([name, value]) =>
    buttons.every(({ args }) => args[name] === value),
  );
  const names = new Set(shared.map(([name]) => name));
  const id = shortId({ command: 'row', args: Object.fromEntries(shared) });
  const values = buttons.map(({ command, args }) => {
    const own = Object.entries(args).filter(([name]) => !names.has(name));
    return shortId({ command, args: Object.fromEntries(own) });
  });
  const fits =
    values.length <= maxOptions &&
    new Set(values).size === values.length &&
    id.length <= maxIdLength &&
    values.every((value) => value.length <= maxValueLength);
  return fits ? { id, values } : undefined;
}

/**
 * The command of a pressed button, or of an option picked from a menu of buttons.
 * @param id the id of the button or menu.
 * @param picked the value of the option.
 * @returns undefined if the id is not one of Convenor's.
 */
export function commandOfId(id: string, picked?: string): RequestedCommand | undefined {
  const [, button, row] = /^(?:(v1\.[^.]*\.[^.]*)|(row\.[^.]*))(?:\.\d+)?$/.exec(id) ?? [];
  if (button !== undefined) return readButtonId(button);
  const shared = readButtonId(`${VERSION}.${row}`);
  const own = readButtonId(`${VERSION}.${picked}`);
  return shared && own && { command: own.command, args: { ...shared.args, ...own.args } };
}

/** Makes an id unique in its message. */
export type Unique = (id: string) => string;

/** Makes the ids of one message unique: from the second on, an equal id gets a number, which `commandOfId` drops. */
export function uniqueIds(): Unique {
  const counts = new Map<string, number>();
  return (id) => {
    const count = (counts.get(id) ?? 0) + 1;
    counts.set(id, count);
    return count === 1 ? id : `${id}.${count}`;
  };
}

function shortId(button: Pick<Button, 'command' | 'args'>): string {
  return idOfButton(button).slice(`${VERSION}.`.length);
}
