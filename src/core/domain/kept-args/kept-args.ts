import { derivedId } from '../../base/id.ts';
import { idOfButton } from '../../message/button-id.ts';
import {
  CONFIRMED,
  FORM,
  type Identity,
  ONCE,
  PARTNERSHIP,
  type RawArgs,
} from '../../message/invocation.ts';
import { type Button, buttonsOf, mapButtons } from '../../message/reply.ts';
import type { Answer } from '../../ports/platform.ts';
import { defineCollection, type Row, type Store } from '../../ports/store.ts';
import { identityId } from '../identities/identity.ts';

/** A button whose args are too long for its id carries this raw arg, the id of a row of `keptArgs`, instead. */
const KEPT_ARG = '~';

/**
 * The longest id of a button or form, in characters. Discord takes 100, and the adapter needs a few of them to tell
 * forms from buttons and to keep ids in one message different: https://discord.com/developers/docs/components/reference#anatomy-of-a-component-custom-id
 */
export const MAX_BUTTON_ID_LENGTH = 95;

/** A button or form, which carries args. */
type Carrier = Pick<Button, 'command' | 'args'>;

interface KeptArgs extends Row {
  args: RawArgs;
  /** From this instant the button no longer works. */
  keptUntil: Date;
  /** If the args include a whole file: the id of the identity that sent it. Its next file takes the place of this one. */
  fileFrom: string | null;
}

/** Args that do not fit into the id of their button or form. */
export const keptArgs = defineCollection<KeptArgs>()({
  name: 'kept',
  scope: 'partnership',
  fields: { args: 'data', keptUntil: 'moment', fileFrom: 'text' },
  indexes: { byEnd: { on: ['keptUntil'] }, byFile: { on: ['fileFrom'] } },
});

/** How long the args of a button or form are kept: a year. */
const ARGS_KEPT_MS = 365 * 86_400_000;
/**
 * How long they are kept if they include a whole file, such as the preview of an import, or words that may not be noted
 * unless somebody says so: a day.
 */
const SHORT_KEPT_MS = 86_400_000;

interface KeepDeps {
  /** The store of the partnership in which the button will be pressed. */
  store: Store;
  /** The key of the invocation, so that a repeat stores the args once. */
  key: string;
  now: Date;
  /** Who gets the answer, if somebody gave a command. */
  actor?: Identity;
  /** All commands, as far as it matters here: which of their args are files. */
  commands: ReadonlyMap<string, { args: { readonly [name: string]: { kind: string } } }>;
}

/**
 * The answer with ids of buttons and forms short enough for every platform. Long args go into the store. Of each person,
 * one file is kept at most: the buttons of an earlier one expire.
 */
export async function keepLongArgs(
  answer: Answer,
  { store, key, now, actor, commands }: KeepDeps,
): Promise<Answer> {
  const { reply, form } = answer;
  const carried = form && { command: form.command, args: form.kept };
  const long = [...buttonsOf(reply), ...(carried ? [carried] : [])].filter(
    (one) => idOfButton(one).length > MAX_BUTTON_ID_LENGTH,
  );
  if (long.length === 0) return answer;
  const idOf = ({ command, args }: Carrier) =>
    derivedId('kept', key, command, JSON.stringify(args));
  const hasFile = ({ command, args }: Carrier) =>
    Object.entries(commands.get(command)?.args ?? {}).some(
      ([name, { kind }]) => kind === 'file' && args[name] !== undefined,
    );
  const isShortLived = (one: Carrier) => hasFile(one) || one.args[CONFIRMED] !== undefined;
  const keptUntil = (one: Carrier) =>
    new Date(now.getTime() + (isShortLived(one) ? SHORT_KEPT_MS : ARGS_KEPT_MS));
  const fileFrom = (one: Carrier) => (actor && hasFile(one) ? identityId(actor) : null);
  const rows = long.map((one) => ({
    id: idOf(one),
    args: one.args,
    keptUntil: keptUntil(one),
    fileFrom: fileFrom(one),
  }));
  await store.of(keptArgs).insertAll(rows);
  await removeOtherFiles(rows, store);
  const short = (one: Carrier) => (long.includes(one) ? stub(one.args, idOf(one)) : one.args);
  return {
    ...answer,
    reply: mapButtons(reply, (button) => ({ ...button, args: short(button) })),
    ...(form && carried ? { form: { ...form, kept: short(carried) } } : {}),
  };
}

/** Removes the files that the same person sent before. */
async function removeOtherFiles(
  kept: readonly Pick<KeptArgs, 'id' | 'fileFrom'>[],
  store: Store,
): Promise<void> {
  const fileFrom = kept.flatMap((row) => row.fileFrom ?? []);
  if (fileFrom.length === 0) return;
  const rows = store.of(keptArgs);
  for await (const { id } of rows.all({ index: 'byFile', where: { fileFrom } }))
    if (!kept.some((row) => row.id === id)) await rows.remove(id);
}

/** Args that are needed before the store can be read, so they stay in the id. */
const alwaysInButton = [ONCE, FORM, PARTNERSHIP];

/** The args that stay in the id, and the id of the kept ones. */
function stub(args: RawArgs, id: string): RawArgs {
  const own = Object.entries(args).filter(([name]) => alwaysInButton.includes(name));
  return { [KEPT_ARG]: id, ...Object.fromEntries(own) };
}

/** Whether args are only a reference to kept args. */
export const isStub = (args: RawArgs): boolean => args[KEPT_ARG] !== undefined;

/** @returns the full args of a button or form, or undefined if they are no longer kept. */
export async function fetchArgs(args: RawArgs, store: Store): Promise<RawArgs | undefined> {
  const id = args[KEPT_ARG];
  if (id === undefined) return args;
  const row = await store.of(keptArgs).get(id);
  if (!row) return undefined;
  const { [KEPT_ARG]: _, ...rest } = args;
  return { ...row.args, ...rest };
}
