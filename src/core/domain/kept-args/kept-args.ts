import { derivedId } from '../../base/id.ts';
import { idOfButton } from '../../message/button-id.ts';
import { FORM, ONCE, PARTNERSHIP, type RawArgs } from '../../message/invocation.ts';
import { type Button, buttonsOf, mapButtons } from '../../message/reply.ts';
import type { Answer } from '../../ports/platform.ts';
import { defineCollection, type Row, type Store } from '../../ports/store.ts';

/** The raw arg that stands for args too long for a button's id. */
const KEPT = '~';

/**
 * The longest id of a button or form. Discord takes 100 characters, and needs a few of them to tell a form from a
 * button and two alike in one message apart: https://discord.com/developers/docs/components/reference#anatomy-of-a-component-custom-id
 */
export const LONGEST_ID = 95;

/** What carries args. */
type Carrier = Pick<Button, 'command' | 'args'>;

interface Kept extends Row {
  args: RawArgs;
}

/** Args that would not fit into the id of their button or form. */
export const kept = defineCollection<Kept>()({
  name: 'kept',
  scope: 'partnership',
  fields: { args: 'data' },
  indexes: {},
});

/** The answer with its buttons and form short enough for each platform: long args are put into the store under `key`. */
export async function keepLongArgs(answer: Answer, store: Store, key: string): Promise<Answer> {
  const { reply, form } = answer;
  const carried = form && { command: form.command, args: form.kept };
  const long = [...buttonsOf(reply), ...(carried ? [carried] : [])].filter(
    (one) => idOfButton(one).length > LONGEST_ID,
  );
  if (long.length === 0) return answer;
  const idOf = ({ command, args }: Carrier) =>
    derivedId('kept', key, command, JSON.stringify(args));
  await store.of(kept).insertAll(long.map((one) => ({ id: idOf(one), args: one.args })));
  const short = (one: Carrier) => (long.includes(one) ? stub(one.args, idOf(one)) : one.args);
  return {
    ...answer,
    reply: mapButtons(reply, (button) => ({ ...button, args: short(button) })),
    ...(form && carried ? { form: { ...form, kept: short(carried) } } : {}),
  };
}

/** What has to be known before the store is asked: what names the delivery, whether a form is asked for, the partnership. */
const travelling = [ONCE, FORM, PARTNERSHIP];

/** What still travels, and the id of the rest. */
function stub(args: RawArgs, id: string): RawArgs {
  const own = Object.entries(args).filter(([name]) => travelling.includes(name));
  return { [KEPT]: id, ...Object.fromEntries(own) };
}

/** Whether args only stand for those in the store. */
export const isStub = (args: RawArgs): boolean => args[KEPT] !== undefined;

/** @returns the args a button or form stands for, or undefined if they are no longer kept. */
export async function fetchArgs(args: RawArgs, store: Store): Promise<RawArgs | undefined> {
  const id = args[KEPT];
  if (id === undefined) return args;
  const row = await store.of(kept).get(id);
  if (!row) return undefined;
  const { [KEPT]: _, ...rest } = args;
  return { ...row.args, ...rest };
}
