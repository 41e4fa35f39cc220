import { replyWithUndo } from '../../cards/undo-button.ts';
import { defineCommand } from '../../command/command.ts';
import { partnerships } from '../../domain/partnerships/partnership.ts';
import {
  MAX_SAFEGUARDING_NAME_LENGTH,
  MAX_SAFEGUARDING_PHONE_LENGTH,
  readSafeguardingContact,
  safeguardingText,
} from '../../domain/partnerships/safeguarding.ts';
import { changeSettings } from '../../domain/settings/change-settings.ts';
import type { RawArgs } from '../../message/invocation.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';

/** Sets whom people ring if they are worried about somebody's safety. */
export const setSafeguarding = defineCommand({
  name: 'settings safeguarding',
  title: 'Safeguarding contact',
  summary: 'Set whom people ring if they are worried about somebody',
  examples: ['settings safeguarding Jo Bell 01964 555123 tell:@Grace'],
  args: {
    name: {
      kind: 'text',
      max: MAX_SAFEGUARDING_NAME_LENGTH,
      needed: true,
      summary: 'Their name',
      ask: 'Who is it?',
      hint: '',
    },
    phone: {
      kind: 'text',
      max: MAX_SAFEGUARDING_PHONE_LENGTH,
      summary: 'The number to ring',
      ask: 'Which number should people ring?',
      hint: '',
    },
    tell: {
      kind: 'member',
      summary: 'If they are here: the member I tell at once when somebody wants to be rung',
      ask: 'Which member is that?',
      hint: 'If they are here, I tell them at once when somebody wants to be rung',
    },
  },
  words: ['name'],
  audience: 'actor',
  guard: 'coordinate',
  writes: true,
  async prefill(_, { store }): Promise<RawArgs> {
    const contact = (await store.of(partnerships).get(store.partnership))?.safeguarding;
    if (!contact) return {};
    const { name, phone, member } = contact;
    return { name, phone, tell: member ? `#${member}` : '' };
  },
  async run({ args, receipt }, deps): Promise<Reply> {
    const { name, phone, tell } = args;
    const safeguarding = readSafeguardingContact(name, phone, tell?.id);
    await changeSettings({ safeguarding }, deps);
    const told = tell
      ? rich`If somebody asks to be rung, I tell ${bold(tell.name)} at once, also at night.`
      : rich`I can't tell anybody here for them; people ring them.`;
    return replyWithUndo(
      rich`People who are worried about somebody are asked to ring ${bold(safeguardingText(safeguarding))}. ${told}`,
      receipt,
    );
  },
});
