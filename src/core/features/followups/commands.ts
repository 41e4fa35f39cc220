import { addFollowup } from './add.ts';
import { cancelFollowup, markDone, skipNext } from './close.ts';
import { editFollowup } from './edit.ts';
import { listFollowups } from './list.ts';
import { postponeFollowup } from './postpone.ts';
import { accept, askSomeoneElse, decline } from './request-commands.ts';

export const followupCommands = [
  addFollowup,
  listFollowups,
  markDone,
  postponeFollowup,
  skipNext,
  askSomeoneElse,
  editFollowup,
  cancelFollowup,
  accept,
  decline,
];
