import { idOfButton } from './button-id.ts';
import type { Form } from './form.ts';
import { derivedId } from './id.ts';
import { FORM, ONCE, type RawArgs } from './invocation.ts';
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
  await keep(long, store, key);
  return mapButtons(reply, (button) =>
    long.includes(button) ? { ...button, args: stub(button, key) } : button,
  );
}

/** The form with what has no box in it short enough to travel in its id. */
export async function keepLongForm(form: Form, store: Store, key: string): Promise<Form> {
  const { command, kept: args } = form;
  if (idOfButton({ command, args }).length <= LONGEST_ID) return form;
  await keep([{ command, args }], store, key);
  return { ...form, kept: stub({ command, args }, key) };
}

/** Whether an invocation carries its args, or only stands for those in the store. */
export const isStub = (args: RawArgs): boolean => args[KEPT] !== undefined;

type Carrier = Pick<Button, 'command' | 'args'>;

function keep(long: readonly Carrier[], store: Store, key: string): Promise<unknown> {
  return store.of(kept).insertAll(long.map((one) => ({ id: keptId(one, key), args: one.args })));
}

/** What still travels: the id, what names the delivery, and whether it asks for a form, which is to be known at once. */
function stub(carrier: Carrier, key: string): RawArgs {
  const { args } = carrier;
  const own = [ONCE, FORM].flatMap((name) =>
    args[name] === undefined ? [] : [[name, args[name]]],
  );
  return { [KEPT]: keptId(carrier, key), ...Object.fromEntries(own) };
}

function keptId({ command, args }: Carrier, key: string): string {
  return derivedId('kept', key, command, JSON.stringify(args));
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
