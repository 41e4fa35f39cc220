import { replyWithUndo } from '../../cards/undo-button.ts';
import { type Call, defineCommand } from '../../command/command.ts';
import {
  ADMITS_NOBODY,
  workspaceAt,
  workspaceId,
  workspaces,
} from '../../domain/workspaces/workspace.ts';
import { FORM, REPLACE } from '../../message/invocation.ts';
import { type Button, type Reply, say } from '../../message/reply.ts';
import { commandText, type InlineNode, type RichText, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { updateWithRetry } from '../../ports/store.ts';

export const ACCESS_COMMAND = 'access';

const FULL_MEMBERS = 'full members';
const BY_NAME = 'by name';

const accessArgs = {
  who: {
    kind: 'choice',
    choices: [FULL_MEMBERS, BY_NAME],
    summary: 'All full members of a Slack workspace; or by name: coordinators let in each person',
  },
  role: {
    kind: 'role',
    aliases: ['channel'],
    clearable: true,
    summary:
      'A role or, on Slack, a channel, such as #residents; none: coordinators let in each person',
    ask: 'Who may join?',
  },
} as const;

/** Chooses who becomes a member by talking to the bot. Everybody else is let in one by one. */
export const access = defineCommand({
  name: ACCESS_COMMAND,
  title: 'Who may join',
  summary: 'Choose who may join by talking to me',
  examples: ['access', 'access role:@Residents', 'access channel:#residents', 'access by name'],
  args: accessArgs,
  words: ['who', 'role'],
  audience: 'actor',
  guard: 'coordinate',
  writes: true,
  async run(call, deps): Promise<Reply> {
    const { place, receipt, channels } = call;
    const here = await workspaceAt(deps.stores, place);
    if (here?.partnership !== deps.partnership.id)
      throw new UserError('Type that in the workspace you mean.');
    const before = here.admits ?? null;
    const chosen = channels ? chosenByChannel(call, channels) : chosenByRole(call);
    const describe = channels ? textByChannel : textByRole;
    if (chosen === undefined) return channels ? cardByChannel(before) : cardByRole(before);
    if (before === chosen)
      return say(rich`${describe(chosen)} That was so already, so nothing has changed.`);
    await updateWithRetry(deps.trackedGlobal(workspaces), workspaceId(place), (row) => ({
      ...row,
      admits: chosen,
    }));
    return replyWithUndo(rich`${describe(chosen)} ${membersStay}`, receipt);
  },
});

type AccessCall = Call<typeof accessArgs>;

/**
 * The value of `admits` that was chosen where the members of a channel may be let in; undefined: none was.
 * @throws UserError if the platform does not say who is in the channel.
 */
function chosenByChannel(
  { args: { who, role } }: AccessCall,
  channels: NonNullable<AccessCall['channels']>,
): string | null | undefined {
  if (role && !role.isChannel)
    throw new UserError(
      rich`There are no roles here. Choose a channel: ${commandText('access', 'channel:#residents')}`,
      'role',
    );
  if (role) {
    const { problem } = channels[role.role] ?? { problem: 'Please try again in a minute.' };
    if (problem === undefined) return role.role;
    throw new UserError(
      rich`I can't see who is in ${channelNode(role.role)}, so nothing has changed. ${problem}`,
      'role',
    );
  }
  if (role === null || who === BY_NAME) return ADMITS_NOBODY;
  return who === FULL_MEMBERS ? null : undefined;
}

/** The same where roles let people in. @throws UserError for a channel. */
function chosenByRole({ args: { who, role } }: AccessCall): string | null | undefined {
  if (role?.isChannel || who === FULL_MEMBERS)
    throw new UserError(
      rich`Here, a role lets people in. Choose one: ${commandText('access', 'role:@Residents')}`,
      'role',
    );
  return who === BY_NAME || role === null ? null : role?.role;
}

/** Who can join where the members of a channel may be let in, and buttons for the rest. */
function cardByChannel(admits: string | null): Reply {
  const channel: Button = {
    label: admits === null || admits === ADMITS_NOBODY ? 'Members of a channel' : 'Another channel',
    command: ACCESS_COMMAND,
    args: { [FORM]: 'yes' },
  };
  const buttons = [
    channel,
    ...(admits === null ? [] : [choice('All full members', FULL_MEMBERS)]),
    ...(admits === ADMITS_NOBODY ? [] : [choice('Only by name', BY_NAME)]),
  ];
  return { text: textByChannel(admits), card: [{ kind: 'buttons', buttons }] };
}

/** Who can join where roles let people in. A list of roles has no "none", so a button removes the role. */
function cardByRole(admits: string | null): Reply {
  if (admits === null) return say(textByRole(admits));
  const another: Button = {
    label: 'Another role',
    command: ACCESS_COMMAND,
    args: { [FORM]: 'yes' },
  };
  const none: Button = {
    label: 'No role',
    command: ACCESS_COMMAND,
    args: { role: 'none', [REPLACE]: 'yes' },
  };
  return { text: textByRole(admits), card: [{ kind: 'buttons', buttons: [another, none] }] };
}

const choice = (label: string, who: string): Button => ({
  label,
  command: ACCESS_COMMAND,
  args: { who, [REPLACE]: 'yes' },
});

function textByChannel(admits: string | null): RichText {
  if (admits === null)
    return rich`Every full member of this workspace becomes a member by talking to me. Guests don't.`;
  const others = rich`Owners and admins of the workspace can join too. ${othersAsk}`;
  return admits === ADMITS_NOBODY
    ? rich`Nobody becomes a member just by being in this workspace. ${others}`
    : rich`Anybody in ${channelNode(admits)} becomes a member by talking to me, and is out again when they leave it. ${others}`;
}

/** A channel, which each platform shows by its name. */
const channelNode = (channel: string): InlineNode => ({ channel, name: channel });

function textByRole(admits: string | null): RichText {
  return admits
    ? rich`Anybody with the chosen role becomes a member by talking to me. ${othersAsk}`
    : rich`No role lets people in here. Full members of a workspace join by talking to me. ${othersAsk}`;
}

const othersAsk = rich`Everybody else has to ask, or a coordinator lets them in with ${commandText('member add')}.`;

const membersStay = rich`Members who are here now stay. To take somebody out: ${commandText('member left')}.`;
