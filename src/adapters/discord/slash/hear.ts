import { InteractionType } from 'discord.js';
import { refusal } from '../../../core/command/refusal.ts';
import { logOf } from '../../shared/log-this.ts';
import { offer, turnAway, type Voice } from '../answer.ts';
import { pressed } from '../button.ts';
import { choicesFor } from '../choices.ts';
import { plainMessage } from '../components/plain-message.ts';
import { converse } from '../conversation.ts';
import { submitted } from '../form.ts';
import type { Heard, Receipt } from '../heard.ts';
import { invocationOf, LOG_THIS } from '../manifest.ts';
import {
  heardCommand,
  heardPress,
  heardQuery,
  heardShortcut,
  heardSubmission,
} from '../receive.ts';
import type { Parts } from '../scene.ts';
import type { Said } from './said.ts';

/** Answers an interaction, whatever it is. Never throws. */
export async function hear(
  interaction: unknown,
  receipt: Receipt & { type: number },
  parts: Parts & Voice,
): Promise<void> {
  const asked = understood(interaction, parts);
  if (asked) {
    const { heard, said } = asked;
    if (heard.guild !== undefined) parts.people.told(heard.guild, heard.people);
    return converse(heard, said, parts);
  }
  switch (receipt.type) {
    case InteractionType.ApplicationCommandAutocomplete: {
      const heard = heardQuery(interaction);
      if (heard?.guild !== undefined) parts.people.told(heard.guild, heard.people);
      return offer(receipt, heard ? await choicesFor(heard, parts) : [], parts);
    }
    case InteractionType.ApplicationCommand:
    case InteractionType.MessageComponent:
    case InteractionType.ModalSubmit:
      return turnAway(receipt, plainMessage(refusal.tooOld(), parts.clock), parts);
  }
}

/** What an interaction asks for. @returns undefined for what is not of this version of Convenor, or cannot be read. */
function understood(
  interaction: unknown,
  { commands }: Parts,
): { heard: Heard; said: Said } | undefined {
  const command = heardCommand(interaction);
  if (command) return asking(command, invocationOf(command.slash, commands));
  const press = heardPress(interaction);
  if (press) return asking(press, pressed(press.pressed));
  const submission = heardSubmission(interaction);
  if (submission) return asking(submission, submitted(submission.modal));
  const shortcut = heardShortcut(interaction);
  return shortcut?.name === LOG_THIS ? asking(shortcut, logOf(shortcut.message)) : undefined;
}

function asking(heard: Heard, said: (Omit<Said, 'files'> & Partial<Said>) | undefined) {
  return said && { heard, said: { files: {}, ...said } };
}
