import { describe, expect, it } from 'vitest';
import { spoken } from '../../../src/adapters/discord/spoken.ts';
import { typedText } from '../../../src/adapters/discord/typed-text.ts';
import { allCommands } from '../../../src/core/commands.ts';
import { readLine } from '../../../src/core/reading/read-line.ts';

describe('typed text', () => {
  it.each([
    ['ring <@123> & <@!456>', 'ring <@123> & <@456>'],
    ['digest in <#123> for <@&456>', 'digest in <#123> for <@&456>'],
    ['well done <:party:123> <a:party:456>', 'well done :party: :party:'],
    ['see </followup add:123>', 'see /followup add'],
    ['see <https://a.example/?a=1>', 'see https://a.example/?a=1'],
    ['1 < 2 and 3 > 2, an odd <thing>', '1 < 2 and 3 > 2, an odd <thing>'],
  ])('%s is %s', (sent, typed) => {
    expect(typedText(sent)).toBe(typed);
  });
});

describe('a message to Convenor', () => {
  const commands = allCommands();
  const bot = { read: (line: string) => readLine(line, commands) };
  it.each([
    ['', 'help', undefined],
    ['log the school met', 'log', 'the school met'],
    ['<@42> log the school met <@7>', 'log', 'the school met <@7>'],
    ['<@!42>, followup list', 'followup list', undefined],
    ['<@42>', 'help', undefined],
    ['/log the school met', 'log', 'the school met'],
  ])('%s is %s', (content, command, words) => {
    const read = spoken(content, { bot, self: '42' });
    expect(read).toEqual({ command, args: words === undefined ? {} : { words } });
  });
});
