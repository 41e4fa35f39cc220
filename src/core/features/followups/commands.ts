import { addFollowup } from './add.ts';
import { noteChase } from './chase.ts';
import { cancelFollowup, markDone, skipNext } from './close.ts';
import { editFollowup } from './edit.ts';
import { justWords } from './just-words.ts';
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
  noteChase,
  editFollowup,
  justWords,
  cancelFollowup,
  accept,
  decline,
];
