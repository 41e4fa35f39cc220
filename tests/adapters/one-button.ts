import type { Address } from '../../src/core/message/address.ts';
import type { Button } from '../../src/core/message/reply.ts';
import type { Outgoing } from '../../src/core/ports/platform.ts';

let count = 0;

/** A message from Convenor with one button. */
export function oneButton(partnership: string, address: Address, button: Button): Outgoing {
  return {
    delivery: `button-${++count}`,
    partnership,
    address,
    reply: { text: [{ text: button.command }], card: [{ kind: 'buttons', buttons: [button] }] },
  };
}
