import { rich } from '../../core/message/rich-text.ts';
import type { Outgoing } from '../../core/ports/platform.ts';

/** The message without its file if that is empty, since platforms take no empty files. The message then says so. */
export function withoutEmptyFile(message: Outgoing): Outgoing {
  const { file, reply, ...rest } = message;
  if (!file || file.bytes.length > 0) return message;
  const note = { kind: 'note', text: rich`${file.name} is empty, so I can't attach it.` } as const;
  return { ...rest, reply: { ...reply, card: [...(reply.card ?? []), note] } };
}
