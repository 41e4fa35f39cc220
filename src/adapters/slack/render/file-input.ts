import type { InputBlock } from '@slack/types';
import type { Field } from '../../../core/message/form.ts';
import { MAX_FIELD_LABEL_LENGTH } from './limits.ts';
import { plainText } from './plain-text.ts';

/** Prefix of the block id of a file, beside the box for its text. The arg's name follows. */
const FILE = 'file.';
/** Prefix of the action id of a file, if it or its text has to be given. Otherwise it is that of the block id. */
const NEEDED = 'needed.';

const REFERENCE = /^slack-file:(F[A-Z0-9]{1,30})$/;

/** The value of an arg that is a file at Slack, until it is read. */
export const fileReference = (id: string): string => `slack-file:${id}`;

/** The id of the file that a value stands for; undefined if it is no such value. */
export const referencedFile = (value: string): string | undefined => REFERENCE.exec(value)?.[1];

export const fileBlockId = (name: string): string => `${FILE}${name}`;

/** Where a file is chosen: https://docs.slack.dev/reference/block-kit/block-elements/file-input-element */
export function fileBlock({ name, label, needed }: Field): InputBlock {
  return {
    type: 'input',
    block_id: fileBlockId(name),
    label: plainText(label, MAX_FIELD_LABEL_LENGTH),
    // All kinds of files can be chosen: for one that is no list, there is a sentence that says how to save it.
    element: { type: 'file_input', action_id: `${needed ? NEEDED : FILE}${name}`, max_files: 1 },
    optional: true,
  };
}

/** The values of a submitted view, by block and action. */
type Blocks = Readonly<
  Record<string, Readonly<Record<string, { files?: readonly { id: string }[] | null | undefined }>>>
>;

/** The reference to the file that was chosen for an arg; undefined if none was. */
export function chosenFile(blocks: Blocks, name: string): string | undefined {
  const [state] = Object.values(blocks[fileBlockId(name)] ?? {});
  const [file] = state?.files ?? [];
  return file && fileReference(file.id);
}

/** What is wrong with an arg that is a file or pasted text; undefined if nothing is. */
export function fileProblem(blocks: Blocks, name: string, pasted: string): string | undefined {
  const isPasted = pasted.trim() !== '';
  if (chosenFile(blocks, name) !== undefined)
    return isPasted
      ? 'You chose a file and pasted a list too. Please take one of them out, so that I know which one you mean.'
      : undefined;
  const [action] = Object.keys(blocks[fileBlockId(name)] ?? {});
  return action?.startsWith(NEEDED) && !isPasted ? 'Choose a file, or paste the list.' : undefined;
}
