import { changedReply } from '../../cards/changed-reply.ts';
import { defineCommand } from '../../command/command.ts';
import { workspaceAt, workspaceId, workspaces } from '../../domain/workspaces/workspace.ts';
import { FORM, REPLACE } from '../../message/invocation.ts';
import { type Button, type Reply, say } from '../../message/reply.ts';
import { type RichText, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { updateWithRetry } from '../../ports/store.ts';

/** Chooses the role whose holders become members by speaking; others are let in one by one. */
export const access = defineCommand({
  name: 'access',
  summary: 'Choose the role whose holders may join by speaking to me',
  examples: ['access', 'access role:none'],
  args: {
    role: {
      kind: 'role',
      clearable: true,
      summary: 'The role, such as @Residents; none: each is let in by name',
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
      throw new UserError('Say that in the workspace it is about.');
    if (role === undefined) return accessCard(here.admits ?? null);
    const admits = role?.role ?? null;
    if ((here.admits ?? null) === admits)
      return say(rich`${accessText(admits)} It was so before: nothing has changed.`);
    await updateWithRetry(deps.global(workspaces), workspaceId(place), (row) => ({
      ...row,
      admits,
    }));
    return changedReply(accessText(admits), receipt);
  },
});

/** What holds here. A list of roles has no "none": a button takes the role away. */
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
    ? rich`Whoever has the role that was chosen here becomes a member by speaking to me. Anybody else asks first, or is let in with member add.`
    : rich`No role lets people in here. Full members of a workspace join by speaking to me; anybody else asks first, or is let in with member add.`;
}
