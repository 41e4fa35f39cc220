import { ComponentType } from 'discord.js';
import { expect } from 'vitest';
import { modalOf } from '../../../src/adapters/discord/render/form.ts';
import { messageOf } from '../../../src/adapters/discord/render/message.ts';
import { optionsOf } from '../../doubles/discord/components.ts';
import type { InputValue } from '../../doubles/discord/fill.ts';
import { type Json, textOf } from '../../doubles/json.ts';
import type { PlatformRendering } from '../rendering.ts';
import { expectMessage, expectModal, pressedIn } from './expect-valid.ts';
import { fieldsIn, submitModal } from './modal-submission.ts';

const from = { channel: '112233445566778899', direct: false };

/** How Discord shows replies and forms. */
export const discordRendering: PlatformRendering = {
  userOf: (member) => `${BigInt(`0x${Buffer.from(member).toString('hex')}`)}`.slice(0, 18),

  shown(reply, reader) {
    const message = messageOf(reply, reader);
    expectMessage(message);
    return pressedIn(message);
  },

  /** Fills in the needed fields, without which Discord does not send a form. */
  sent(form, reader) {
    const modal = modalOf(form, reader, from);
    expectModal(modal);
    expectModal(modalOf(form, reader, { ...from, direct: true }));
    const boxes = fieldsIn(modal);
    expect([...boxes.keys()]).toEqual(form.fields.map(({ name }) => name));
    // Every label is shown whole.
    expect([...boxes.values()].map(({ label }) => label)).toEqual(
      form.fields.map(({ label }) => label),
    );
    const empty = form.fields.filter(({ needed, value }) => needed && value.trim() === '');
    const filled = Object.fromEntries(empty.map(({ name }) => [name, fillingOf(boxes.get(name))]));
    const read = submitModal(modal, filled);
    const args = { ...read?.args, ...read?.files };
    return { command: read?.command, args, filled: Object.keys(filled) };
  },
};

/** A value for a needed field. */
function fillingOf(box: { input: Json } | undefined): InputValue {
  const [option] = optionsOf(box?.input ?? {});
  if (option) return textOf(option.value);
  return box?.input.type === ComponentType.TextInput ? 'something' : { id: '1' };
}
