import { expect, it } from 'vitest';
import { allCommands } from '../../../src/core/bot/commands.ts';
import { refusal } from '../../../src/core/command/refusal.ts';
import { plainText } from '../../../src/core/message/rich-text.ts';
import { newTalk, ZONE } from '../../fixtures/bot.ts';

const broken = plainText(refusal.broken().text, ZONE);
const names = [...allCommands().keys()];

it.each(names)(
  '%s, typed alone or with nonsense, is answered with something to go on with',
  async (name) => {
    const talk = await newTalk();
    for (const words of ['', 'blah', 'which:blah', '#blah', 'form:yes']) {
      const { text, form } = await talk.say('grace', `${name} ${words}`.trim());
      expect(text).not.toBe('');
      expect(text, words).not.toContain(broken);
      if (form) expect(form.fields, words).not.toEqual([]);
    }
  },
);
