import { expect, it } from 'vitest';
import { allCommands } from '../../../src/core/bot/commands.ts';
import { collections } from '../../../src/core/domain/collections.ts';
import { AccessWalk } from '../../fixtures/access-walk.ts';
import { seed, sized } from '../../fixtures/proof.ts';

/** Steps of one walk. A longer one would spend its time on reading what it has noted. */
const STEPS_OF_WALK = 300;

/** How the model treats each collection. A new one is declared here once the model takes it into account. */
const collectionsInModel: Readonly<Record<string, string>> = {
  contacts: 'notes, with their author, partner and readers',
  followups: 'titles, with their holders, partner and readers',
  members: 'ties, roles, accounts, and whether they are known',
  receipts: 'answers, which have words of contacts and follow-ups',
  deliveries: 'messages, which have words of contacts and follow-ups',
  outgoingFiles: 'files, which have words of contacts and follow-ups',
  kept: 'what somebody typed: only they are shown it',
  searchTerms: 'words of notes and titles, which only the store reads: the rows are looked at',
  partners: 'names, which everybody may read',
  people: 'who is at a partner: hidden from whoever belongs to it',
  historyEntries: 'names and settings: no notes and no titles',
  historyWords: 'words of partners and settings: no notes and no titles',
  interests: 'what members declare of themselves',
  dataRequests: 'a name and a day',
  dataExports: 'no words',
  erasures: 'no words',
  partnershipDeletions: 'no words',
  identities: 'no words',
  workspaces: 'no words',
  partnerships: 'settings',
  joinRequests: 'names of people',
  linkCodes: 'no words',
  linkAttempts: 'no words',
  digests: 'no words',
  sendThrottles: 'no words',
  activities: 'no words',
  noteRetentions: 'why notes are kept longer, which coordinators read',
  retentionSchedules: 'no words',
  standingRounds: 'no words',
};

/** How often a walk uses each command, or why it does not. */
const commandsInModel: Readonly<Record<string, number | string>> = {
  log: 20,
  'log private': 4,
  'log change': 8,
  'log remove': 4,
  'log without': 1,
  today: 5,
  'today home': 2,
  'today move': 1,
  'today off': 1,
  'followup add': 12,
  'followup list': 5,
  'followup done': 2,
  'followup later': 10,
  'followup skip': 2,
  'followup ask': 10,
  'followup chased': 4,
  'followup edit': 10,
  'followup cancel': 1,
  'followup words': 1,
  'followup accept': 2,
  'followup decline': 2,
  'lead accept': 1,
  'lead decline': 1,
  'partner add': 1,
  'partner show': 8,
  'partner list': 1,
  'partner find': 1,
  'partner edit': 2,
  'partner archive': 1,
  'partner restore': 1,
  'partner merge': 6,
  'partner unmerge': 4,
  'partner different': 2,
  'partner import': 1,
  'person add': 4,
  'person show': 6,
  'person find': 4,
  'person edit': 3,
  'person move': 2,
  'person left': 2,
  'person successor': 1,
  'person tell': 1,
  find: 8,
  quiet: 1,
  'quiet later': 1,
  'digest schedule': 1,
  'digest preview': 1,
  'digest now': 2,
  'digest off': 1,
  'digest repost': 1,
  'digest leave': 1,
  'answer show': 1,
  members: 2,
  'member role': 6,
  'member tie': 25,
  'member add': 8,
  'member admit': 1,
  'member new': 4,
  'member same': 2,
  'member left': 8,
  me: 1,
  'me data': 1,
  'me interest': 1,
  coordinator: 1,
  join: 2,
  access: 1,
  link: 1,
  unlink: 6,
  'workspace link': 'it makes two partnerships one: see workspace-link.test.ts',
  fewer: 1,
  'hand back': 2,
  settings: 1,
  'settings rule': 1,
  'settings holiday': 1,
  'settings safeguarding': 1,
  keep: 1,
  'keep list': 1,
  data: 2,
  'data request': 1,
  'data requests': 1,
  'data done': 1,
  erase: 2,
  'erase decide': 1,
  'erase show': 1,
  'erase start': 1,
  'erase agree': 1,
  'erase refuse': 1,
  'partnership delete': 'it removes everything: see partnership-deletion.test.ts',
  'partnership agree': 'it removes everything',
  'partnership keep': 1,
  setup: 1,
  interests: 1,
  'interest still': 1,
  concern: 1,
  'concern ring': 1,
  undo: 30,
  why: 8,
  history: 3,
  'history settings': 1,
  help: 1,
  'help me': 1,
  'help ring': 1,
  'small talk': 1,
  cancel: 1,
};

it('the model knows each collection', () => {
  const names = collections.map(({ name }) => name);
  expect(Object.keys(collectionsInModel).toSorted()).toEqual(names.toSorted());
});

it('the model knows each command', () => {
  expect(Object.keys(commandsInModel).toSorted()).toEqual([...allCommands().keys()].toSorted());
});

it('whatever members do, each reads what the model says, and no more', async () => {
  const weights = new Map(
    Object.entries(commandsInModel).flatMap(([name, weight]): [string, number][] =>
      typeof weight === 'number' && allCommands().has(name) ? [[name, weight]] : [],
    ),
  );
  for (let walk = 0; walk < sized(1, 334); walk++) {
    await (await AccessWalk.start(seed + walk, weights)).run(STEPS_OF_WALK);
  }
}, 3_600_000);
