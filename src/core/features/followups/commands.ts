import { addFollowup } from './add.ts';
import { closeAsCancelled, closeAsDone } from './close.ts';
import { editFollowup } from './edit.ts';
import { accept, askSomeoneElse, decline } from './hand-on.ts';
import { listFollowups } from './list.ts';
import { putOff } from './put-off.ts';
import { skipNext } from './skip.ts';

export const followupCommands = [
  addFollowup,
  listFollowups,
  closeAsDone,
  putOff,
  skipNext,
  askSomeoneElse,
  editFollowup,
  closeAsCancelled,
  accept,
  decline,
];
