import { listText, quoteShort } from '../base/text.ts';
import type { Arg, MemberRef } from '../command/args.ts';
import type { Directory } from '../domain/directory/directory.ts';
import { platformName } from '../domain/identities/identity.ts';
import { type Member, memberLabels } from '../domain/members/member.ts';
import type { Invocation, Place } from '../message/invocation.ts';
import { bold, commandText, joined, rich } from '../message/rich-text.ts';
import { questionWith, UserError } from '../message/user-error.ts';
import { matchWhole } from '../names/match.ts';
import { mentionedRole } from './split-value.ts';

interface MemberContext {
  directory: Directory;
  member: Member;
  place: Place;
  profiles?: Invocation['profiles'];
  unanswered?: Invocation['unanswered'];
}

/** The platform's id of the user whom a text mentions (`<@U1>`, `<@U1|sam>`); undefined for anything else. */
export function mentionedUser(text: string): string | undefined {
  return /^<@!?([^&<>|\s]+)(?:\|[^<>]*)?>[.,;:]?$/.exec(text.trim())?.[1];
}

/**
 * The member that a value stands for: `#id`, a mention, `me`, or a name.
 * @throws UserError if it is nobody, or somebody who has left and the arg does not take these.
 */
export function resolveMember(
  name: string,
  { add, past }: Extract<Arg, { kind: 'member' }>,
  text: string,
  context: MemberContext,
): MemberRef {
  const { directory } = context;
  const found =
    byReference(text, context) ??
    (add || past ? byNameOfPast(text, directory) : undefined) ??
    byName(name, text, directory);
  if (!found && add && !/^[#<@]/.test(text))
    throw questionWith(
      rich`I don't know anybody called "${quoteShort(text)}" here. If they use neither Slack nor Discord, I can add them by name. Otherwise mention them, such as @sam.`,
      [{ label: 'Add them by name', command: 'member by-hand', args: { name: text } }],
    );
  if (!found) throw new UserError(unknownText(text, context, add), name);
  if (!found.active && !add && !past)
    throw new UserError(rich`${found.name} has left. Who else could do it?`, name);
  const unable = past ? undefined : unableText(text, context);
  if (unable && !hasOtherIdentity(found, text, context))
    throw new UserError(rich`${unable} ${choiceText(context, found)}`, name);
  return { id: found.id, name: found.name };
}

/** The members that a text names together: "Tom and Grace". Empty if it does not name several who are known. */
export function membersNamed(text: string, context: MemberContext): MemberRef[] {
  const parts = text.split(/\s*(?:[,;&+]|\b(?:and|or)\b)\s*/i).filter((part) => part !== '');
  if (parts.length < 2) return [];
  const found = parts.map(
    (part) => byReference(part, context) ?? onlyByName(part, context.directory),
  );
  const known = new Map(found.flatMap((one) => (one ? [[one.id, one] as const] : [])));
  return found.includes(undefined) ? [] : [...known.values()];
}

function onlyByName(text: string, { activeMembers }: Directory): Member | undefined {
  const match = matchWhole(text.replace(/^@\s*/, ''), activeMembers, 'people');
  return match.kind === 'one' ? match.item.member : undefined;
}

/** @returns undefined if the text is not a reference, or nobody has it. */
function byReference(
  text: string,
  { directory, member, place }: MemberContext,
): Member | undefined {
  if (/^@?me$/i.test(text)) return member;
  // A reference may also be to somebody who has left: their tasks can be handed on.
  if (text.startsWith('#')) return directory.member(text.slice(1));
  const user = mentionedUser(text);
  if (user === undefined) return undefined;
  const { platform, workspace } = place;
  return (
    directory.memberOf({ platform, workspace, user }) ??
    // In a direct message the workspace may be another one of the same partnership.
    directory.members.find(({ identities }) =>
      identities.some((identity) => identity.platform === platform && identity.user === user),
    )
  );
}

/** Somebody who has left, by their name, if nobody who is here has it. */
function byNameOfPast(text: string, { activeMembers, members }: Directory): Member | undefined {
  const typed = text.replace(/^@\s*/, '');
  if (/^[#<]/.test(text) || matchWhole(typed, activeMembers, 'people').kind === 'one')
    return undefined;
  const past = members.filter(({ active }) => !active);
  const named = past.map((member) => ({ id: member.id, name: member.name, aliases: [], member }));
  const match = matchWhole(typed, named, 'people');
  return match.kind === 'one' ? match.item.member : undefined;
}

function byName(name: string, text: string, directory: Directory): Member | undefined {
  if (/^[#<]/.test(text)) return undefined;
  const match = matchWhole(text.replace(/^@\s*/, ''), directory.activeMembers, 'people');
  if (match.kind === 'one') return match.item.member;
  const names = match.kind === 'several' ? match.items : match.near;
  const people = joined(
    memberLabels(names.map((named) => named.member)).map((label) => [bold(label)]),
    ', ',
  );
  if (match.kind === 'several') {
    throw new UserError(
      rich`I know more than one "${quoteShort(text)}": ${people}. Which one do you mean?`,
      name,
    );
  }
  if (names.length === 0) return undefined;
  throw new UserError(
    rich`I don't know anybody called "${quoteShort(text)}" here. Did you mean ${people}?`,
    name,
  );
}

/** Why a mentioned user can be given nothing, as the platform knows them; undefined if they can, or if it does not say. */
function unableText(text: string, { profiles }: MemberContext): string | undefined {
  const profile = profiles?.[mentionedUser(text) ?? ''];
  if (profile?.isBot) return "That's a bot, so it can't be given anything.";
  if (profile?.standing === 'guest') return "Guests can't use Convenor here.";
  if (profile?.standing === 'gone')
    return "That account is closed, or isn't here any more, so it can't be given anything.";
  return undefined;
}

/** Whether a member is known by another account than the mentioned one. */
const hasOtherIdentity = (member: Member, text: string, { place }: MemberContext): boolean =>
  member.identities.some(
    ({ user, workspace }) => user !== mentionedUser(text) || workspace !== place.workspace,
  );

/** How many people a sentence names to choose from. */
const MAX_NAMED = 3;

/** Whom to choose instead of somebody. */
function choiceText({ directory, member }: MemberContext, not?: Member): string {
  const others = directory.activeMembers
    .map((named) => named.member)
    .filter(({ id }) => id !== member.id && id !== not?.id);
  const names = memberLabels(others.slice(0, MAX_NAMED));
  return `Please choose somebody else: ${listText([...names, '"me"'], 'or')}.`;
}

function unknownText(text: string, context: MemberContext, isToJoin = false) {
  const profile = context.profiles?.[mentionedUser(text) ?? ''];
  const unable = unableText(text, context);
  if (unable) return rich`${unable}${!isToJoin && ` ${choiceText(context)}`}`;
  if (profile?.standing === 'visitor') {
    return rich`${bold(quoteShort(profile.name))} has not been let in yet. A coordinator can do that with ${commandText('member add')}; until then, pick somebody else.`;
  }
  if (text.startsWith('#')) return rich`That person has left. Please pick somebody else.`;
  if (mentionedRole(text) !== undefined)
    return rich`That is a role, and I need one person. Try a mention, such as @sam.`;
  if (context.unanswered?.includes(mentionedUser(text) ?? ''))
    return rich`${platformName(context.place.platform)} is slow to answer, so I can't tell who that is. Please try again in a minute.`;
  if (text.startsWith('<')) {
    return rich`I don't know that person here yet. They join by typing a first command to me, such as ${commandText('help')}; until then, pick somebody else.`;
  }
  return rich`I don't know anybody called "${quoteShort(text)}" here. Try a mention, such as @sam, or "me".`;
}
