import type { Command, Commands } from '../command/command.ts';
import { briefCommands } from '../features/briefs/commands.ts';
import { concernCommands } from '../features/concerns/commands.ts';
import { contactCommands } from '../features/contacts/commands.ts';
import { dataCommands } from '../features/data/commands.ts';
import { digestCommands } from '../features/digests/commands.ts';
import { eraseCommands } from '../features/erase/commands.ts';
import { findCommands } from '../features/find/commands.ts';
import { followupCommands } from '../features/followups/commands.ts';
import { gapCommands } from '../features/gaps/commands.ts';
import { handoverCommands } from '../features/handover/commands.ts';
import { helpCommands } from '../features/help/commands.ts';
import { historyCommands } from '../features/history/commands.ts';
import { interestCommands } from '../features/interests/commands.ts';
import { joinRequestCommands } from '../features/join-requests/commands.ts';
import { journeyCommands } from '../features/journey/commands.ts';
import { linkCommands } from '../features/linking/commands.ts';
import { meetingCommands } from '../features/meetings/commands.ts';
import { memberCommands } from '../features/members/commands.ts';
import { networkCommands } from '../features/network/commands.ts';
import { notificationPreferenceCommands } from '../features/notification-preferences/commands.ts';
import { partnerMergeCommands } from '../features/partner-merge/commands.ts';
import { partnerCommands } from '../features/partners/commands.ts';
import { partnershipDeletionCommands } from '../features/partnership-deletion/commands.ts';
import { personCommands } from '../features/people/commands.ts';
import { printCommands } from '../features/print/commands.ts';
import { quietCommands } from '../features/quiet/commands.ts';
import { retentionCommands } from '../features/retention/commands.ts';
import { settingsCommands } from '../features/settings/commands.ts';
import { setUpCommands } from '../features/setup/commands.ts';
import { showCommands } from '../features/show/commands.ts';
import { undoCommands } from '../features/undo/commands.ts';
import { whyCommands } from '../features/why/commands.ts';

/** All commands. A new command is added to its feature's list. */
const all: readonly Command[] = [
  ...contactCommands,
  ...briefCommands,
  ...followupCommands,
  ...partnerCommands,
  ...partnerMergeCommands,
  ...personCommands,
  ...meetingCommands,
  ...findCommands,
  ...quietCommands,
  ...gapCommands,
  ...journeyCommands,
  ...digestCommands,
  ...memberCommands,
  ...printCommands,
  ...networkCommands,
  ...joinRequestCommands,
  ...linkCommands,
  ...notificationPreferenceCommands,
  ...handoverCommands,
  ...settingsCommands,
  ...retentionCommands,
  ...dataCommands,
  ...partnershipDeletionCommands,
  ...eraseCommands,
  ...setUpCommands,
  ...interestCommands,
  ...concernCommands,
  ...showCommands,
  ...undoCommands,
  ...whyCommands,
  ...historyCommands,
  ...helpCommands,
];

const byName: Commands = new Map(all.map((command) => [command.name, command]));

/** All commands by name: always the same map, since what is derived from it is remembered with it. */
export const allCommands = (): Commands => byName;
