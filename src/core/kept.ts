import { idOfButton } from './button-id.ts';
import { derivedId } from './id.ts';
import { ONCE, type RawArgs } from './invocation.ts';
import { type Button, buttonsOf, mapButtons, type Reply } from './reply.ts';
import { declare, type Row, type Store } from './store.ts';

/** The raw arg that stands for args too long for a button's id. */
const KEPT = '~';

/** The longest button id: https://discord.com/developers/docs/components/reference#anatomy-of-a-component-custom-id */
const LONGEST_ID = 100;

interface Kept extends Row {
  args: RawArgs;
}

/** Args of buttons that would not fit into the button's id. */
export const kept = declare<Kept>()({
  name: 'kept',
  scope: 'partnership',
  fields: { args: 'data' },
  indexes: {},
});

/** The reply with every button short enough for each platform: long args are put into the store under `key`. */
export async function keepLongArgs(reply: Reply, store: Store, key: string): Promise<Reply> {
  const long = buttonsOf(reply).filter((button) => idOfButton(button).length > LONGEST_ID);
  if (long.length === 0) return reply;
  const idOf = (button: Button) =>
    derivedId('kept', key, button.command, JSON.stringify(button.args));
  await store.of(kept).insertAll(long.map((button) => ({ id: idOf(button), args: button.args })));
  return mapButtons(reply, (button) =>
    long.includes(button) ? { ...button, args: stub(button.args, idOf(button)) } : button,
  );
}

/** What the button still carries itself: the id, and what names the delivery. */
function stub(args: RawArgs, id: string): RawArgs {
  return { [KEPT]: id, ...(args[ONCE] === undefined ? {} : { [ONCE]: args[ONCE] }) };
}

/** @returns the args a button stands for, or undefined if they are no longer kept. */
export async function fetchArgs(args: RawArgs, store: Store): Promise<RawArgs | undefined> {
  const id = args[KEPT];
  if (id === undefined) return args;
  const row = await store.of(kept).get(id);
  if (!row) return undefined;
  const { [KEPT]: _, ...rest } = args;
  return { ...row.args, ...rest };
}
