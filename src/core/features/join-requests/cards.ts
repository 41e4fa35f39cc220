import { admitButton } from '../../cards/join-request-row.ts';
import { undoButton } from '../../cards/undo-button.ts';
import type { Day } from '../../dates/day.ts';
import type { JoinRequest } from '../../domain/join-requests/join-request.ts';
import type { Member } from '../../domain/members/member.ts';
import { FORM } from '../../message/invocation.ts';
import type { Button, Reply } from '../../message/reply.ts';
import { bold, commandText, day, rich } from '../../message/rich-text.ts';

/** The command with which a visitor asks to be let in. */
export const JOIN_COMMAND = 'join';

/** The reply to everything a visitor says. It reveals nothing about the partnership, not even its name. */
export function visitorCard(): Reply {
  const ask: Button = {
    label: 'Ask to be let in',
    command: JOIN_COMMAND,
    args: {},
    style: 'primary',
  };
  return {
    text: rich`Hello! You need to be added by a coordinator before I can work with you. Shall I ask them for you?`,
    card: [{ kind: 'buttons', buttons: [ask] }],
  };
}

/** The reply to a visitor who asks. @param before the day they asked before, if that was lately */
export function askedCard(before: Day | undefined): Reply {
  return before === undefined
    ? { text: rich`Thank you, I've asked the coordinators. I'll write to you when you are in.` }
    : {
        text: rich`I asked the coordinators on ${day(before)}, and they have not answered yet. Perhaps speak to one of them yourself?`,
      };
}

/** Tells a coordinator who would like to join. @param where the name of the workspace they are in */
export function joinRequestCard(request: Pick<JoinRequest, 'id' | 'name'>, where: string): Reply {
  return {
    text: rich`${bold(request.name)} (in ${where}) would like to join. If you know them, let them in as a member.`,
    card: [{ kind: 'buttons', buttons: [admitButton(request)] }],
  };
}

/** Says that somebody is a member now. */
export function admittedCard({ id, name, role }: Member, receipt: string): Reply {
  const args = { who: `#${id}`, [FORM]: 'yes' };
  const other: Button = { label: 'Another role', command: 'member role', args };
  return {
    text: rich`${bold(name)} is in, as a ${role}.`,
    card: [{ kind: 'buttons', buttons: [other, undoButton(receipt)] }],
  };
}

/** Tells somebody who asked that they are in. */
export function welcomeCard(by: Pick<Member, 'name'>, partnership: string): Reply {
  return {
    text: rich`You're in: ${by.name} has let you into ${bold(partnership)}. Type ${commandText('help')} to see what I can do.`,
    card: [
      {
        kind: 'buttons',
        buttons: [
          { label: 'Help', command: 'help', args: {} },
          { label: 'Partners I know', command: 'me knows', args: {} },
        ],
      },
    ],
  };
}
