import { idOfButton, readButtonId, VERSION } from '../../core/message/button-id.ts';
import type { RawArgs } from '../../core/message/invocation.ts';
import type { Button } from '../../core/message/reply.ts';

/** What a menu of buttons is named, and the value of each of its options. */
export interface OverflowMenu {
  id: string;
  values: readonly string[];
}

/** The most options a platform's menu has, and the most characters of its id and of an option's value. */
export interface MenuCapacity {
  options: number;
  id: number;
  value: number;
}

/**
 * Buttons as one menu. The args that all of them share travel in the menu's id (`row.…`), since an option's value has
 * room for little: it only says the command and its own args. @returns undefined where there is no room, or where two
 * would be the same.
 */
export function overflowMenu(
  buttons: readonly Pick<Button, 'command' | 'args'>[],
  room: MenuCapacity,
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
    values.length <= room.options &&
    new Set(values).size === values.length &&
    id.length <= room.id &&
    values.every((value) => value.length <= room.value);
  return fits ? { id, values } : undefined;
}

/**
 * The command and args of a pressed button or picked option.
 * @param picked the value of the option.
 * @returns undefined for what is not Convenor's.
 */
export function readPressed(
  id: string,
  picked?: string,
): { command: string; args: RawArgs } | undefined {
  const [, button, row] = /^(?:(v1\.[^.]*\.[^.]*)|(row\.[^.]*))(?:\.\d+)?$/.exec(id) ?? [];
  if (button !== undefined) return readButtonId(button);
  const shared = readButtonId(`${VERSION}.${row}`);
  const own = readButtonId(`${VERSION}.${picked}`);
  return shared && own && { command: own.command, args: { ...shared.args, ...own.args } };
}

/** Makes each id the only one in its message. */
export type Unique = (id: string) => string;

/** Ids of one message: the second of the same is told apart by its number, which `readPressed` drops. */
export function uniqueIds(): Unique {
  const times = new Map<string, number>();
  return (id) => {
    const time = (times.get(id) ?? 0) + 1;
    times.set(id, time);
    return time === 1 ? id : `${id}.${time}`;
  };
}

function shortId(button: Pick<Button, 'command' | 'args'>): string {
  return idOfButton(button).slice(`${VERSION}.`.length);
}
