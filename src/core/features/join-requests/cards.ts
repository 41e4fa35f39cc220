import { undoButton } from '../../cards/changed-reply.ts';
import { admitButton } from '../../cards/waiting-row.ts';
import type { Day } from '../../dates/day.ts';
import type { Visitor } from '../../domain/join-requests/visitor.ts';
import type { Member } from '../../domain/members/member.ts';
import { FORM } from '../../message/invocation.ts';
import type { Button, Reply } from '../../message/reply.ts';
import { bold, day, rich } from '../../message/rich-text.ts';

/** The command by which a visitor asks. */
export const JOIN = 'join';

/** What a visitor is told, whatever they say. It says nothing of the partnership, not even its name. */
export function visitorCard(): Reply {
  const ask: Button = { label: 'Ask to be let in', command: JOIN, args: {}, style: 'primary' };
  return {
    text: rich`Hello! I only work with people whom a coordinator has let in, and you are not among them yet. Shall I ask the coordinators for you?`,
    card: [{ kind: 'buttons', buttons: [ask] }],
  };
}

/** What a visitor is told who has asked; `before`: the day they did, if the coordinators know already. */
export function askedCard(before: Day | undefined): Reply {
  return before === undefined
    ? { text: rich`Thank you, I've asked the coordinators. I'll write to you when you are in.` }
    : {
        text: rich`I asked the coordinators on ${day(before)}, and they have not answered yet. Perhaps speak to one of them yourself?`,
      };
}

/** Tells a coordinator who would like to be let in. @param where what people call the workspace they are in. */
export function requestCard(visitor: Pick<Visitor, 'id' | 'name'>, where: string): Reply {
  return {
    text: rich`${bold(visitor.name)} (in ${where}) asks to be let in. If you know them, let them in; they are then a member.`,
    card: [{ kind: 'buttons', buttons: [admitButton(visitor)] }],
  };
}

/** Says that somebody is a member now. */
export function admittedCard({ id, name, role }: Member, receipt: string): Reply {
  const args = { who: `#${id}`, [FORM]: 'yes' };
  const other: Button = { label: 'Another role', command: 'member role', args };
  return {
    text: rich`${bold(name)} is in: a ${role} from now on.`,
    card: [{ kind: 'buttons', buttons: [other, undoButton(receipt)] }],
  };
}

/** Tells those who asked that they are in. */
export function welcomeCard(by: Pick<Member, 'name'>, partnership: string): Reply {
  return {
    text: rich`You're in: ${by.name} has let you in to ${bold(partnership)}. Type help to see what I can do.`,
    card: [{ kind: 'buttons', buttons: [{ label: 'Help', command: 'help', args: {} }] }],
  };
}
