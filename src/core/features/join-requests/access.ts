import { replyWithUndo } from '../../cards/undo-button.ts';
import { defineCommand } from '../../command/command.ts';
import { workspaceAt, workspaceId, workspaces } from '../../domain/workspaces/workspace.ts';
import { FORM, REPLACE } from '../../message/invocation.ts';
import { type Button, type Reply, say } from '../../message/reply.ts';
import { bold, type RichText, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { updateWithRetry } from '../../ports/store.ts';

/** Chooses the role whose holders become members by talking to the bot. Everybody else is let in one by one. */
export const access = defineCommand({
  name: 'access',
  summary: 'Choose the role that lets people join by talking to me',
  examples: ['access', 'access role:none'],
  args: {
    role: {
      kind: 'role',
      clearable: true,
      summary: 'The role, such as @Residents; none: coordinators let in each person',
      ask: 'Who may join? Pick a role',
    },
  },
  words: ['role'],
  audience: 'actor',
  guard: 'coordinate',
  writes: true,
  async run({ args: { role }, place, receipt }, deps): Promise<Reply> {
    const here = await workspaceAt(deps.stores, place);
    if (here?.partnership !== deps.partnership.id)
      throw new UserError('Type that in the workspace you mean.');
    if (role === undefined) return accessCard(here.admits ?? null);
    const admits = role?.role ?? null;
    if ((here.admits ?? null) === admits)
      return say(rich`${accessText(admits)} That was so already, so nothing has changed.`);
    await updateWithRetry(deps.trackedGlobal(workspaces), workspaceId(place), (row) => ({
      ...row,
      admits,
    }));
    return replyWithUndo(accessText(admits), receipt);
  },
});

/** Who can join here. A list of roles has no "none", so a button removes the role. */
function accessCard(admits: string | null): Reply {
  const another: Button = { label: 'Another role', command: 'access', args: { [FORM]: 'yes' } };
  const none: Button = {
    label: 'No role',
    command: 'access',
    args: { role: 'none', [REPLACE]: 'yes' },
  };
  if (admits === null) return say(accessText(admits));
  return { text: accessText(admits), card: [{ kind: 'buttons', buttons: [another, none] }] };
}

function accessText(admits: string | null): RichText {
  return admits
    ? rich`Anybody with the chosen role becomes a member by talking to me. Everybody else has to ask, or a coordinator lets them in with ${bold('member add')}.`
    : rich`No role lets people in here. Full members of a workspace join by talking to me. Everybody else has to ask, or a coordinator lets them in with ${bold('member add')}.`;
}
