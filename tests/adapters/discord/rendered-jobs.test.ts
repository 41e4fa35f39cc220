import { expect, it } from 'vitest';
import { messageOf } from '../../../src/adapters/discord/render/message.ts';
import { buttonsOf } from '../../../src/core/message/reply.ts';
import { newTalk } from '../../fixtures/bot.ts';
import { newWorker } from '../../fixtures/worker.ts';
import { expectMessage, pressedIn, textsIn } from './expect-valid.ts';
import { reader } from './reader.ts';

it('every delivery of four weeks is shown whole, with all of its buttons', async () => {
  const talk = await newTalk();
  await talk.say('grace', 'partner add "Oakfield School" lead:tom');
  await talk.say('grace', 'partner add "Riverside Council" lead:maya');
  await talk.say('grace', 'log oakfield school met Jane when:2026-09-01');
  await talk.say('grace', 'digest schedule <#general> every:week day:friday at:9am');
  await talk.say('tom', 'log riverside council talked next:"send the plan" by:"tomorrow 3pm"');
  await talk.say('tom', 'followup add "water the plants" repeat:"every monday at 9am"');
  for (let number = 1; number <= 9; number++) {
    await talk.say('tom', `followup add "promise ${number}" with:"oakfield school" by:yesterday`);
  }
  await talk.say('grace', 'followup add "ask about the lease" by:friday who:maya');
  const worker = await newWorker(talk);
  await worker.until('2026-12-16T12:00:00Z');
  const { posted } = worker.platform;
  expect(worker.errors).toEqual([]);
  expect(posted.length).toBeGreaterThan(10);
  expect(new Set(posted.map(({ address }) => address.to))).toEqual(new Set(['user', 'channel']));
  for (const { reply, delivery } of posted) {
    const message = messageOf(reply, reader, delivery);
    expectMessage(message);
    const wanted = buttonsOf(reply).map(({ command, args }) => ({ command, args: { ...args } }));
    expect(pressedIn(message)).toEqual(wanted);
    expect(textsIn(message).filter((text) => /… and \d+ more/.test(text))).toEqual([]);
  }
});
