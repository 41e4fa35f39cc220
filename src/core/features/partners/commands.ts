import { addPartner } from './add-partner.ts';
import { archivePartner } from './archive.ts';
import { editPartner } from './edit.ts';
import { findPartners } from './find.ts';
import { importPartners } from './import.ts';
import { listPartners } from './list.ts';
import { restorePartner } from './restore.ts';
import { showPartner } from './show.ts';

export const partnerCommands = [
  addPartner,
  showPartner,
  listPartners,
  findPartners,
  editPartner,
  archivePartner,
  restorePartner,
  importPartners,
];
