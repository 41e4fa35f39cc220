import { ApplicationCommandOptionType as Type } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { parseSlashCommand } from '../../../src/adapters/discord/input/slash-command.ts';
import { typedText } from '../../../src/adapters/discord/input/typed-text.ts';
import { allCommands } from '../../../src/core/bot/commands.ts';

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

describe('/convenor takes any line', () => {
  it.each([
    ['', 'help', undefined],
    ['log the school met <@7>', 'log', 'the school met <@7>'],
    ['/log the school met', 'log', 'the school met'],
    ['followup list', 'followup list', undefined],
    ['lgo', 'lgo', undefined],
  ])('%s is %s', (value, command, words) => {
    const options = value === '' ? [] : [{ name: 'line', type: Type.String, value }];
    const said = parseSlashCommand({ name: 'convenor', options }, allCommands());
    expect(said).toEqual({ command, args: words === undefined ? {} : { words }, files: {} });
  });
});
