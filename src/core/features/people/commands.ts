import { addPerson } from './add.ts';
import { editPerson } from './edit.ts';
import { findPeople } from './find.ts';
import { movePerson } from './move.ts';
import { showPerson } from './show.ts';
import { tellPerson } from './tell.ts';

export const personCommands = [
  addPerson,
  showPerson,
  findPeople,
  editPerson,
  movePerson,
  tellPerson,
];
