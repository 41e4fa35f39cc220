import { addPerson } from './add.ts';
import { editPerson } from './edit.ts';
import { findPeople } from './find.ts';
import { leavePerson } from './left.ts';
import { movePerson } from './move.ts';
import { showPerson } from './show.ts';
import { nameSuccessor } from './successor.ts';
import { tellPerson } from './tell.ts';

export const personCommands = [
  addPerson,
  showPerson,
  findPeople,
  editPerson,
  movePerson,
  leavePerson,
  nameSuccessor,
  tellPerson,
];
