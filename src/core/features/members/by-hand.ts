import { replyWithUndo } from '../../cards/undo-button.ts';
import { type Deps, defineCommand } from '../../command/command.ts';
import { contactOf, isByHand } from '../../domain/members/by-hand.ts';
import { changeMember } from '../../domain/members/change-member.ts';
import { type Member, members, newMember } from '../../domain/members/member.ts';
import { hasSameWords, wordsOfName } from '../../domain/personal-data/find-name.ts';
import { FORM, type RawArgs } from '../../message/invocation.ts';
import type { Button, Reply } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';

/** The longest name, in characters. */
const MAX_NAME_LENGTH = 80;

/** Adds somebody who uses neither Slack nor Discord, or says who keeps in touch with them now. */
export const addByHand = defineCommand({
  name: 'member by-hand',
  title: 'Not on Slack or Discord',
  summary: 'Add somebody who uses neither Slack nor Discord, by name only',
  phrases: [{ says: 'member add … by-hand' }],
  examples: ['member by-hand "Edna Price"', 'member by-hand "Edna Price" keeper:@Tom'],
  args: {
    name: {
      kind: 'text',
      max: MAX_NAME_LENGTH,
      isName: true,
      needed: true,
      summary: 'Their name; nothing else is kept',
      ask: "What's their name?",
      hint: 'Only the name is kept',
    },
    keeper: {
      kind: 'member',
      summary: 'Who keeps in touch with them and hears what is theirs; you if you leave it out',
      ask: 'Who keeps in touch with them?',
      hint: 'They hear what is theirs, and answer for them. Leave empty if it is you',
    },
  },
  words: ['name'],
  audience: 'actor',
  guard: 'coordinate',
  writes: true,
  async prefill({ name = '' }, { directory }): Promise<RawArgs> {
    const known = findByHand(name, directory);
    return known?.keeper ? { keeper: `#${known.keeper}` } : {};
  },
  async run({ args, member, receipt }, deps): Promise<Reply> {
    const name = args.name.trim();
    const keeper = deps.directory.member(args.keeper?.id ?? member.id) ?? member;
    if (isByHand(keeper))
      throw new UserError(
        rich`${keeper.name} has no account here either. Who else keeps in touch with ${name}?`,
        'keeper',
      );
    const known = findByHand(name, deps.directory);
    if (!known) refuseNamesake(name, deps);
    if (known?.active && (!args.keeper || known.keeper === keeper.id))
      return {
        text: rich`${bold(known.name)} is here already. ${keeperText(contactOf(known, deps.directory), member)}`,
      };
    const id = known?.id ?? (await insertInactive(name, keeper, deps));
    // Only this step is undone: somebody may have been given something in the meantime.
    const added = await changeMember(id, deps, (row) => ({
      ...row,
      active: true,
      keeper: keeper.id,
    }));
    const who = keeperText(keeper, member);
    return replyWithUndo(
      known?.active ? rich`${who}` : rich`${bold(added.name)} is here now, by name only. ${who}`,
      receipt,
      known?.active ? [] : [keeperButton(added)],
    );
  },
});

function findByHand(name: string, { members: all }: Deps['directory']): Member | undefined {
  const words = wordsOfName(name);
  const found = all.filter((one) => isByHand(one) && hasSameWords(one.name, words));
  return found.find(({ active }) => active) ?? found[0];
}

/** @throws UserError if somebody with an account has that name. */
function refuseNamesake(name: string, { directory }: Deps): void {
  const words = wordsOfName(name);
  const other = directory.members.find((one) => one.active && hasSameWords(one.name, words));
  if (other)
    throw new UserError(
      rich`${bold(other.name)} is here already, with an account. If this is somebody else, add something to tell them apart, such as "${name} (High Street)".`,
      'name',
    );
}

async function insertInactive(name: string, { id: keeper }: Member, deps: Deps): Promise<string> {
  const id = deps.id('member by hand');
  const row = newMember({ id, name, role: 'member', identities: [] });
  await deps.untracked.of(members).insert({ ...row, active: false, keeper });
  return id;
}

const keeperText = (keeper: Member | undefined, reader: Member) =>
  keeper?.id === reader.id
    ? rich`You keep in touch with them: what is theirs comes to you.`
    : rich`${keeper?.name ?? 'A coordinator'} keeps in touch with them, and hears what is theirs.`;

/** Opens the form that says who keeps in touch with somebody. */
export const keeperButton = ({ name }: Pick<Member, 'name'>): Button => ({
  label: 'Somebody else keeps in touch',
  command: 'member by-hand',
  args: { name, [FORM]: 'yes' },
});
