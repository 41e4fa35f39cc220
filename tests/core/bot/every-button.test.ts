import { expect, it } from 'vitest';
import { FORM } from '../../../src/core/message/invocation.ts';
import { type Button, buttonsOf } from '../../../src/core/message/reply.ts';
import { newTalk, type Said, type Talk } from '../../fixtures/bot.ts';
import { commandCases, filledIn } from '../../fixtures/command-cases.ts';

const words = { x: 'Alder', channel: '<#C1>', tom: '@Tom' };
/** How many buttons of one answer are pressed. */
const MAX_PRESSED = 8;
const INNER_ID = /#[\w-]{16}(?![\w-])/;
/** Says that something is gone, and what to do about it. */
const GONE = /I no longer have/;
const WHAT_TO_DO = /See |You can |Type |type |Nothing has changed|ask |Ask /;

/** Expects an answer to say something, and a form to have fields, without ids that only Convenor knows. */
function expectOfUse(said: Said, what: string): void {
  expect(said.text.trim(), what).not.toBe('');
  expect(said.text, what).not.toMatch(/something went wrong/);
  if (GONE.test(said.text)) expect(said.text, what).toMatch(WHAT_TO_DO);
  const { fields = [], moreFields = [] } = said.form ?? {};
  if (said.form) expect(fields.length, what).toBeGreaterThan(0);
  // A choice shows its label, not its value.
  const boxes = [...fields, ...moreFields].filter(({ options }) => options === undefined);
  const shown = boxes.flatMap(({ label, value, problem = '' }) => [label, value, problem]);
  for (const text of [said.text, ...said.buttons, ...shown])
    expect(text, what).not.toMatch(INNER_ID);
}

async function pressAll(who: string, buttons: readonly Button[], talk: Talk): Promise<void> {
  for (const button of buttons)
    expectOfUse(await talk.press(who, button), `${who}: ${button.label} (${button.command})`);
}

it.each([...commandCases()])(
  'each button in the answer to %s leads somewhere: twice, for another member, and after Undo',
  async (name, given) => {
    const { before, args } = filledIn(given, words);
    const talk = await newTalk();
    await talk.say('grace', 'partner add "Riverside Council" every:"6 weeks"');
    for (const line of before) await talk.say('grace', line);
    const said = await talk.invoke('grace', name, args);
    expectOfUse(said, name);
    const buttons = buttonsOf(said.reply).slice(0, MAX_PRESSED);
    const others = buttons.filter(({ command }) => command !== 'undo');
    await pressAll('grace', [...others, ...others], talk);
    await pressAll('maya', buttons, talk);
    const undo = buttons.filter(({ command }) => command === 'undo');
    await pressAll('grace', [...undo, ...buttons], talk);
    // As the Fix button opens it: with everything that was given.
    const references = buttons.filter(({ command }) => command === name).map((one) => one.args);
    const forms = [args, ...references].map((given) => ({ ...given, [FORM]: 'yes' }));
    for (const filled of forms)
      expectOfUse(await talk.invoke('grace', name, filled), `${name} form`);
    expect(talk.errors).toEqual([]);
  },
);
