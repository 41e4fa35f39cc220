import { addPartner } from './add-partner.ts';
import { archivePartner, restorePartner } from './archive.ts';
import { editPartner } from './edit.ts';
import { findPartners } from './find.ts';
import { importPartners } from './import.ts';
import { acceptLead, declineLead } from './lead-requests.ts';
import { listPartners } from './list.ts';
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
  acceptLead,
  declineLead,
];
