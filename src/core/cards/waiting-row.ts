import type { Visitor } from '../domain/join-requests/visitor.ts';
import type { Block, Button } from '../message/reply.ts';
import { bold, rich } from '../message/rich-text.ts';

/** Somebody who waits to be let in, in the list of members. */
export function waitingRow(visitor: Pick<Visitor, 'id' | 'name'>): Block {
  return {
    kind: 'row',
    text: rich`${bold(visitor.name)} · asks to be let in`,
    buttons: [admitButton(visitor)],
  };
}

export function admitButton({ id }: Pick<Visitor, 'id'>): Button {
  return { label: 'Let them in', command: 'member admit', args: { which: `#${id}` } };
}
