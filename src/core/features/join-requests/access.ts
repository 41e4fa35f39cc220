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
import {
  bold,
  commandText,
  type InlineNode,
  type RichText,
  rich,
  workspaceWord,
} from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { updateWithRetry } from '../../ports/store.ts';

export const ACCESS_COMMAND = 'access';

const FULL_MEMBERS = 'full members';
const BY_NAME = 'by name';

const accessArgs = {
  who: {
    kind: 'choice',
    choices: [FULL_MEMBERS, BY_NAME],
    summary: 'Everybody who is a full member here; or by name: coordinators let in each person',
  },
  role: {
    kind: 'role',
    aliases: ['channel'],
    clearable: true,
    summary:
      'People with a role, or in a channel such as #residents; none: coordinators let in each person',
    ask: 'Who may join?',
    hint: 'People with a role, or in a channel such as #residents. Leave empty to let in each person',
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
    const { place, receipt, channels, roles } = call;
    const here = await workspaceAt(deps.stores, place);
    if (here?.partnership !== deps.partnership.id)
      throw new UserError(rich`Type that in the ${workspaceWord} you mean.`);
    const before = here.admits ?? null;
    const chosen = channels ? chosenByChannel(call, channels) : chosenByRole(call);
    const describe = (admits: string | null) =>
      channels ? textByChannel(admits) : textByRole(admits, { here: place.workspace, roles });
    if (chosen === undefined)
      return channels ? cardByChannel(before) : cardByRole(before, describe(before));
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

/** The same where roles let people in. @throws UserError for a channel, or a role that does not exist. */
function chosenByRole({ args: { who, role }, roles }: AccessCall): string | null | undefined {
  if (role?.isChannel || who === FULL_MEMBERS)
    throw new UserError(
      rich`Here, a role lets people in. Choose one: ${commandText('access', 'role:@Residents')}`,
      'role',
    );
  if (role && roles && roles[role.role] === undefined)
    throw new UserError("I can't find that role here. Type @ and pick it from the list.", 'role');
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
function cardByRole(admits: string | null, text: RichText): Reply {
  const choose: Button = {
    label: admits === null ? 'Choose a role' : 'Another role',
    command: ACCESS_COMMAND,
    args: { [FORM]: 'yes' },
  };
  const none: Button = {
    label: 'No role',
    command: ACCESS_COMMAND,
    args: { role: 'none', [REPLACE]: 'yes' },
  };
  const buttons = admits === null ? [choose] : [choose, none];
  return { text, card: [{ kind: 'buttons', buttons }] };
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

/** @param here the workspace's id, which is also the id of the role that everybody has. */
function textByRole(
  admits: string | null,
  { here, roles }: Pick<AccessCall, 'roles'> & { here: string },
): RichText {
  if (!admits)
    return rich`No role lets people in here. Those who may manage this ${workspaceWord} join by talking to me. ${othersAsk}`;
  if (admits === here)
    return rich`Everybody on this ${workspaceWord} becomes a member by talking to me.`;
  const name = roles?.[admits];
  if (roles && name === undefined)
    return rich`The role that let people in has been deleted, so nobody joins by it now. ${othersAsk}`;
  const role = name === undefined ? rich`the chosen role` : rich`the role ${bold(name)}`;
  return rich`Anybody with ${role} becomes a member by talking to me. ${othersAsk}`;
}

const othersAsk = rich`Everybody else has to ask, or a coordinator lets them in with ${commandText('member add')}.`;

const membersStay = rich`Members who are here now stay. To take somebody out: ${commandText('member left')}.`;
