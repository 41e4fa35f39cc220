import { beforeAll, describe, expect, it } from 'vitest';
import { allCommands } from '../../../src/core/bot/commands.ts';
import { newTalk, type Said, type Talk } from '../../fixtures/bot.ts';
import { commandCases, filledIn } from '../../fixtures/command-cases.ts';

const names = [...allCommands().keys()];
const cases = commandCases();
const words = { x: 'Alder', channel: '<#C1>', tom: '@Tom' };
/** What each command says to its case, and to no args at all. */
const answers = new Map<string, string>();
const aloneAnswers = new Map<string, Said>();

const textOf = ({ text, form }: Said) =>
  [text, ...(form?.fields ?? []).map(({ label }) => label)].join('\n');

beforeAll(async () => {
  for (const [name, given] of cases) {
    const { before, args } = filledIn(given, words);
    const talk = await newTalk();
    await talk.say('grace', 'partner add "Riverside Council" every:"6 weeks"');
    for (const line of before) await talk.say('grace', line);
    answers.set(name, textOf(await talk.invoke('grace', name, args)));
    aloneAnswers.set(name, await talk.invoke('grace', name, {}));
    expect(talk.errors).toEqual([]);
  }
});

it.each(names)('%s says what it should, and no other command says that', (name) => {
  const given = cases.get(name);
  const says = given ? filledIn(given, words).says : [];
  for (const piece of says) expect(answers.get(name)).toContain(piece);
  const others = [...answers].filter(
    ([other, text]) =>
      // That one shows the answer of another command.
      other !== name && other !== 'answer show' && says.every((piece) => text.includes(piece)),
  );
  // Two buttons of one message say the same when that message is gone.
  const different = others.filter(
    ([other]) => String(cases.get(other)?.says) !== String(given?.says),
  );
  expect(different).toEqual([]);
});

it.each([...allCommands()])(
  '%s, said alone, asks for what it needs or answers',
  (name, { args }) => {
    const given = cases.get(name);
    const { text, form } = aloneAnswers.get(name) ?? {};
    const asks = Object.values(args).flatMap(({ ask }) => ask ?? []);
    if (form) expect(form.fields.map(({ label }) => label)).toEqual(asks.slice(0, 5));
    else if (given?.alone) expect(text?.toLowerCase()).toContain(given.alone.toLowerCase());
    // Without args of its own the command was said alone before: now it may be a repeat.
    else expect(given?.args).toBeUndefined();
  },
);

describe('each example is read as its command, and answered', () => {
  let talk: Talk;
  beforeAll(async () => {
    talk = await newTalk();
    await talk.say('grace', 'partner add "Riverside Council" every:"6 weeks"');
    return () => expect(talk.errors).toEqual([]);
  });

  const examples = [...allCommands().values()].flatMap(({ name, examples }) =>
    examples.map((line) => [name, line] as const),
  );
  it.each(examples)('%s: %s', async (name, line) => {
    expect(talk.bot.parseLine(line).command).toBe(name);
    const { text } = await talk.say('grace', line);
    expect(text).not.toMatch(/I don't know "|no longer works|something went wrong/);
  });
});
