import { cleanText } from '../../base/text.ts';
import { type Deps, defineCommand } from '../../command/command.ts';
import { enqueueCoordinatorNotices } from '../../domain/deliveries/enqueue-notice.ts';
import {
  type Erasure,
  erasures,
  nameHashOf,
  placesToErase,
  undecided,
  undecidedPlaces,
} from '../../domain/erasures/erasure.ts';
import { type Member, otherCoordinators } from '../../domain/members/member.ts';
import { hasSameWords, wordsOfName } from '../../domain/personal-data/find-name.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, commandText, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { mentionedUser } from '../../parsing/resolve-member.ts';
import { insertOnce, updateWithRetry } from '../../ports/store.ts';
import {
  MAX_PLACES_SHOWN,
  MAX_UNCLEAR_SHOWN,
  needsSecond,
  placesReply,
  previewReply,
  secondNotice,
} from './cards.ts';
import { type EraseCommandDeps, eraseDeps, erasureOf, whichErasure as which } from './deps.ts';
import { findErasurePlaces, showPlace } from './find.ts';
import { agree, refuse } from './second.ts';
import { startErasure } from './start.ts';

/** The longest name, in characters. */
const MAX_NAME_LENGTH = 80;
/** A name of more words would rather be a sentence. */
const MAX_NAME_WORDS = 8;

/** Shows where somebody is named. Nothing is erased before a button is pressed. */
const erase = defineCommand({
  name: 'erase',
  title: "Erase somebody's details",
  submit: 'Look first',
  summary: "Erase somebody's details, after you have seen where they are",
  examples: ['erase Jane Doe'],
  args: {
    name: {
      kind: 'text',
      max: MAX_NAME_LENGTH,
      needed: true,
      summary: 'The full name of somebody at a partner, or of a member who has left',
      ask: 'Whose details?',
    },
    who: {
      kind: 'member',
      past: true,
      summary: 'Which member who has left. Its button fills this in',
      fromButton: true,
    },
  },
  words: ['name'],
  audience: 'actor',
  guard: 'coordinate',
  writesWithoutReceipt: true,
  async run(call, given): Promise<Reply> {
    const deps = eraseDeps(call, given);
    const { args, now, member } = call;
    const left = args.who
      ? deps.directory.member(args.who.id)
      : memberNamed(args.name, call.place, deps);
    const words = wordsOfName(left?.name ?? cleanText(args.name));
    refuseUnusable(words);
    refuseActive(words, left, deps);
    const several = leftMembers(words, deps);
    if (!left && several.length > 1) return whichMemberReply(args.name, several);
    const chosen = left ?? several[0];
    const who = { name: words.map(deps.records.hash), member: chosen?.id ?? null };
    const places = await findErasurePlaces(who, deps);
    if (places.length === 0) return { text: rich`I don't have that name anywhere.` };
    const row = await insertOnce(deps.store.of(erasures), {
      ...undecided,
      ...who,
      id: deps.id('erasure'),
      nameHash: nameHashOf(who.name),
      isPartnerName: isPartnerName(words, deps),
      askedBy: member.id,
      askedAt: now,
      count: places.length,
      places,
    });
    return preview(row, deps);
  },
});

/** The member who is mentioned, if the name is a mention. */
function memberNamed(
  name: string,
  { platform, workspace }: { platform: string; workspace: string },
  { directory }: Pick<Deps, 'directory'>,
): Member | undefined {
  const user = mentionedUser(name);
  if (user === undefined) return undefined;
  const member = directory.memberOf({ platform, workspace, user });
  if (!member) throw new UserError("I don't know that person. Please type the name.", 'name');
  return member;
}

/** The members who have left and have this name. */
function leftMembers(words: readonly string[], { directory }: Pick<Deps, 'directory'>): Member[] {
  return directory.members.filter(
    ({ active, name, identities }) => !active && identities.length > 0 && hasSameWords(name, words),
  );
}

/** @throws UserError for a text that is no name. */
function refuseUnusable(words: readonly string[]): void {
  const longest = Math.max(0, ...words.map((word) => word.length));
  if (words.length > MAX_NAME_WORDS || longest < 2) {
    throw new UserError('I need a full name, such as "Jane Doe".', 'name');
  }
}

/** @throws UserError if the name is that of a member who is here. */
function refuseActive(
  words: readonly string[],
  chosen: Member | undefined,
  { directory }: Pick<Deps, 'directory'>,
): void {
  const active = chosen?.active
    ? chosen
    : directory.members.find((one) => one.active && hasSameWords(one.name, words));
  if (!active) return;
  throw new UserError(
    rich`${bold(active.name)} is a member here. I can erase somebody's details once they have left: ${commandText('member left')}.`,
    'name',
  );
}

const isPartnerName = (words: readonly string[], { directory }: Pick<Deps, 'directory'>): boolean =>
  directory.partners.some(({ name, aliases }) =>
    [name, ...aliases].some((one) => hasSameWords(one, words)),
  );

function whichMemberReply(name: string, several: readonly Member[]): Reply {
  const buttons = several.map(({ id, identities }) => ({
    label: identities.map(({ platform }) => platform).join(', ') || 'This one',
    command: 'erase',
    args: { name, who: `#${id}` },
  }));
  return {
    text: rich`${several.length} people of that name have left. Which one is it? They were here from:`,
    card: [{ kind: 'buttons', buttons }],
  };
}

async function preview(row: Erasure, deps: EraseCommandDeps): Promise<Reply> {
  const unclear = undecidedPlaces(row).slice(0, MAX_UNCLEAR_SHOWN);
  const shown = await Promise.all(unclear.map((place) => showPlace(place, row, deps)));
  return previewReply(row, shown);
}

/** @throws UserError if it has begun. */
function refuseStarted({ state }: Erasure): void {
  if (state !== 'asked') throw new UserError('That has been decided already.');
}

/** Says whether an unclear text is about the person. */
const decide = defineCommand({
  name: 'erase decide',
  summary: 'Say whether a place is about the person',
  examples: [],
  args: {
    which,
    text: { kind: 'text', summary: 'Which place. Its button fills this in', fromButton: true },
    theirs: { kind: 'flag', summary: 'It is about them' },
    rest: { kind: 'flag', summary: 'All that is left is about somebody else' },
  },
  audience: 'actor',
  guard: 'coordinate',
  writesWithoutReceipt: true,
  async run(call, given): Promise<Reply> {
    const deps = eraseDeps(call, given);
    const { args } = call;
    const { id } = await erasureOf(args.which, deps);
    const row = await updateWithRetry(deps.store.of(erasures), id, (now) => {
      refuseStarted(now);
      const texts = args.rest ? undecidedPlaces(now).map(({ text }) => text) : [args.text ?? ''];
      const list = args.theirs && !args.rest ? 'theirs' : 'others';
      const known = new Set([...now.theirs, ...now.others]);
      return { ...now, [list]: [...now[list], ...texts.filter((text) => !known.has(text))] };
    });
    if (!row) throw new UserError('That question has expired. Please ask again.');
    return { ...(await preview(row, deps)), replaces: true };
  },
});

/** Shows the places that will be erased. */
const show = defineCommand({
  name: 'erase show',
  summary: 'See the places that will be erased',
  examples: [],
  args: {
    which,
    after: {
      kind: 'number',
      min: 0,
      max: 1_000_000,
      summary: 'How many were shown before',
      fromButton: true,
    },
  },
  audience: 'actor',
  guard: 'coordinate',
  async run(call, given): Promise<Reply> {
    const deps = eraseDeps(call, given);
    const row = await erasureOf(call.args.which, deps);
    const after = call.args.after ?? 0;
    const all = placesToErase(row);
    if (after >= all.length) return { text: rich`That was the last of them.` };
    const page = all.slice(after, after + MAX_PLACES_SHOWN);
    const shown = await Promise.all(page.map((place) => showPlace(place, row, deps)));
    return placesReply(row, shown, { after, count: all.length });
  },
});

/** The yes of the one who asked. */
const start = defineCommand({
  name: 'erase start',
  summary: 'Erase the places that were shown',
  examples: [],
  args: { which },
  audience: 'actor',
  guard: 'coordinate',
  writesWithoutReceipt: true,
  async run(call, given): Promise<Reply> {
    const deps = eraseDeps(call, given);
    const { member, now } = call;
    const row = await erasureOf(call.args.which, deps);
    refuseStarted(row);
    if (row.askedBy !== member.id)
      throw new UserError('Only the person who asked can do that. You can ask yourself.');
    if (undecidedPlaces(row).length > 0) return preview(row, deps);
    if (!needsSecond(row)) return startErasure(row, [], deps);
    const others = otherCoordinators(deps.directory.members, member.id);
    if (others.length === 0) {
      throw new UserError(
        rich`A second coordinator has to agree to this, and there is none. Make somebody coordinator with ${commandText('member role')}, and ask again.`,
      );
    }
    const reply = secondNotice(member, row);
    const notice = {
      subject: row.id,
      occurrence: 'agree',
      reply,
      at: now,
    };
    await enqueueCoordinatorNotices(others, { ...notice, urgent: true }, deps);
    await updateWithRetry(deps.store.of(erasures), row.id, (current) =>
      current.state === 'asked' ? { ...current, state: 'waiting' as const } : undefined,
    );
    return {
      text: rich`I've asked the other coordinators. As soon as one agrees, I'll erase it.`,
      replaces: true,
    };
  },
});

export const eraseCommands = [erase, decide, show, start, agree, refuse];
