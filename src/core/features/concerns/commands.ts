import { concernReply, safeguardingButton, safeguardingReader } from '../../cards/safeguarding.ts';
import { type Deps, defineCommand } from '../../command/command.ts';
import {
  enqueueCoordinatorNotices,
  enqueueNotice,
} from '../../domain/deliveries/enqueue-notice.ts';
import { type Member, otherCoordinators } from '../../domain/members/member.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, commandText, member as mention, moment, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';

/**
 * Says whom to ring about a worry for somebody. Nothing of the worry is noted, so it has no args: `parseLine` drops the
 * words that were typed.
 */
const concern = defineCommand({
  name: 'concern',
  summary: "Whom to ring if you are worried about somebody's safety. I note nothing",
  examples: ['concern', "I'm worried about somebody"],
  args: {},
  audience: 'actor',
  guard: 'ask for help',
  writesWithoutReceipt: true,
  async run({ member, spokenInPublic }, deps): Promise<Reply> {
    const contact = deps.partnership.safeguarding ?? null;
    if (!contact) await askCoordinatorsForContact(member, deps);
    const reply = concernReply(contact, member, deps.directory);
    const readByAll = rich`Others can read that line where you typed it; please delete it. `;
    return spokenInPublic ? { ...reply, text: rich`${readByAll}${reply.text}` } : reply;
  },
});

/** Tells the safeguarding contact at once that somebody wants to be rung: who, and when, and nothing else. */
const askToRing = defineCommand({
  name: 'concern ring',
  summary: 'Ask the safeguarding contact to ring you',
  examples: [],
  args: {},
  audience: 'actor',
  guard: 'ask for help',
  writes: true,
  async run({ member, now }, deps): Promise<Reply> {
    const contact = deps.partnership.safeguarding ?? null;
    const reader = contact && safeguardingReader(contact, member, deps.directory);
    if (!contact || !reader)
      throw new UserError(
        rich`I can't reach them from here. Type ${commandText('concern')} to see whom to ring.`,
      );
    const reply = {
      text: rich`${mention(member)} asks you to ring them, as our safeguarding contact. They asked on ${moment(now)}. I know nothing else about it.`,
    };
    // The subject is who asked, so that they hear of it if this cannot be delivered.
    const name = { subject: member.id, occurrence: deps.id('ring'), recipient: reader.id };
    await enqueueNotice({ ...name, reply, at: now, urgent: true }, deps);
    return {
      text: rich`I'm telling ${bold(reader.name)} now: only that you asked, and when. If you don't hear from them soon, ring ${contact.phone}. If somebody is in danger, ring 999.`,
    };
  },
});

/** Asks the coordinators, once each, to set a safeguarding contact. It does not say why it is asked now. */
async function askCoordinatorsForContact(member: Member, deps: Deps): Promise<void> {
  const reply: Reply = {
    text: rich`Whom should people ring if they are worried about somebody's safety? I never note such a worry, I only say whom to ring. Nobody is set yet.`,
    card: [{ kind: 'buttons', buttons: [safeguardingButton] }],
  };
  const others = otherCoordinators(deps.directory.members, member.id);
  const notice = {
    subject: 'safeguarding',
    occurrence: 'no contact',
    reply,
    at: deps.now,
  };
  await enqueueCoordinatorNotices(others, notice, deps);
}

export const concernCommands = [concern, askToRing];
