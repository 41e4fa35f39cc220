import type { JoinRequest } from '../domain/join-requests/join-request.ts';
import type { Block, Button } from '../message/reply.ts';
import { bold, rich } from '../message/rich-text.ts';

/** A request to be let in, as a row of the list of members. */
export function joinRequestRow(request: Pick<JoinRequest, 'id' | 'name'>): Block {
  return {
    kind: 'row',
    text: rich`${bold(request.name)} · would like to join`,
    buttons: [admitButton(request)],
  };
}

/** Lets somebody in who asked. */
export function admitButton({ id }: Pick<JoinRequest, 'id'>): Button {
  return { label: 'Let them in', command: 'member admit', args: { which: `#${id}` } };
}
