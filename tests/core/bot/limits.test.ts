import { expect, it } from 'vitest';
import { rateLimit } from '../../../src/core/async/rate-limit.ts';
import { COMMANDS_PER_MINUTE, createBot } from '../../../src/core/bot/bot.ts';
import { allCommands } from '../../../src/core/bot/commands.ts';
import type { Invocation } from '../../../src/core/message/invocation.ts';
import { plainText } from '../../../src/core/message/rich-text.ts';
import { newTalk, profileOf, type Talk, ZONE } from '../../fixtures/bot.ts';

/** The same partnership, with a bot that limits how many commands one person can give. */
function limitedBot({ id, workspace, stores, clock }: Talk) {
  const bot = createBot({
    stores,
    clock,
    commands: allCommands(),
    log: { info() {}, warn() {}, error() {} },
    wake() {},
    commandLimit: rateLimit(COMMANDS_PER_MINUTE),
  });
  let keys = 0;
  const invocation = (user: string, words: string): Invocation => ({
    command: 'log',
    args: { words },
    actor: { platform: 'test', workspace, user },
    place: { platform: 'test', workspace, channel: 'C', direct: true },
    partnership: id,
    profiles: { [user]: profileOf(user) },
    key: `limited ${keys++}`,
  });
  const say = async (given: Invocation) => {
    const answer = await bot.handle(given);
    const { text, card = [] } = answer.reply;
    const blocks = card.flatMap((block) => ('text' in block ? [plainText(block.text, ZONE)] : []));
    return { answer, text: [plainText(text, ZONE), ...blocks].join('\n') };
  };
  return { invocation, say };
}

it('after 60 commands in a minute one person has to wait, with their words given back, and nobody else has to', async () => {
  const talk = await newTalk();
  await talk.say('grace', 'partner add Oakfield School');
  const { invocation, say } = limitedBot(talk);
  for (let count = 1; count <= 60; count++)
    expect((await say(invocation('tom', `oakfield school met ${count}`))).text).toContain('Noted');
  const refused = await say(invocation('tom', 'oakfield school one more'));
  expect(refused.text).toContain('That is a lot at once. Give me a minute, and try again.');
  expect(refused.text).toContain('log oakfield school one more');
  expect(refused.answer).toMatchObject({ audience: 'actor', failed: true });
  expect((await say(invocation('maya', 'oakfield school a chat'))).text).toContain('Noted');
  talk.clock.move({ minutes: 1 });
  expect((await say(invocation('tom', 'oakfield school one more'))).text).toContain('Noted');
});

it('what the platform repeats, and a page that is refreshed, do not count', async () => {
  const talk = await newTalk();
  await talk.say('grace', 'partner add Oakfield School');
  const { invocation, say } = limitedBot(talk);
  const same = invocation('tom', 'oakfield school met');
  for (let count = 0; count < 70; count++) await say(same);
  for (let count = 0; count < 70; count++)
    await say({ ...invocation('tom', ''), command: 'today', args: {}, automatic: true });
  expect((await say(invocation('tom', 'oakfield school met again'))).text).toContain('Noted');
});

it('one member asks others for at most 20 things in an hour', async () => {
  const talk = await newTalk();
  for (let count = 1; count <= 20; count++) {
    const said = await talk.say('maya', `followup add count to ${count} who:@Tom`);
    expect(said.text).toContain('Noted');
  }
  const refused = await talk.say('maya', 'followup add count to 21 who:@Tom');
  expect(refused.text).toContain('You have asked others for 20 things in an hour.');
  expect((await talk.say('maya', 'followup add count to 21')).text).toContain('Noted');
  expect((await talk.say('tom', 'followup add count to 22 who:@Maya')).text).toContain('Noted');
  talk.clock.move({ hours: 1 });
  expect((await talk.say('maya', 'followup add count to 23 who:@Tom')).text).toContain('Noted');
});
