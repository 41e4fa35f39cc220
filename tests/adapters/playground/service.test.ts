import { beforeAll, describe, expect, it } from 'vitest';
import type { AnswerView, MessageView } from '../../../src/adapters/playground/wire.ts';
import { type PlaygroundHarness, startHarness } from './harness.ts';

let harness: PlaygroundHarness;
beforeAll(async () => {
  harness = await startHarness();
});

async function post(path: string, body: object): Promise<AnswerView> {
  const answer = await harness.ask(`/playground/${path}`, body);
  expect(answer, path).toMatchObject({ status: 200 });
  return answer.body as AnswerView;
}
const say = (as: string, place: string, text: string, key?: string) =>
  post('say', { as, place, text, ...(key ? { key } : {}) });
const press = (as: string, button: string | undefined) => post('press', { as, button });

async function seen(as: string, place: string): Promise<MessageView[]> {
  return (await harness.ask(`/playground/messages?as=${as}&place=${place}`)).body as MessageView[];
}
const texts = async (as: string, place: string) => (await seen(as, place)).map(({ text }) => text);
const buttonOf = ({ reply }: AnswerView, label: string) =>
  reply.buttons.find((button) => button.label === label)?.id;

describe('say', () => {
  it('keeps what was said and the answer, in order', async () => {
    const answer = await say('maya', 'dm', 'hello there');
    expect(answer.text).toBe('I heard there.');
    expect(await texts('maya', 'dm')).toEqual(['hello there', 'I heard there.']);
    expect(await texts('tom', 'dm')).toEqual([]);
  });

  it('costs the store one write', async () => {
    harness.commands.length = 0;
    await say('maya', 'general', 'say cheap');
    expect(harness.commands).toEqual(['insert']);
  });

  it('shows public answers to everybody, and the rest to the member who asked', async () => {
    await say('tom', 'partners', 'say good morning');
    await say('tom', 'partners', 'quietly');
    const all = ['say good morning', 'good morning', 'quietly'];
    expect(await texts('grace', 'partners')).toEqual(all);
    expect(await texts('tom', 'partners')).toEqual([...all, 'I heard quietly.']);
    expect((await seen('tom', 'partners')).map(({ onlyYou }) => onlyYou)).toEqual([
      ...[false, false, false],
      true,
    ]);
  });

  it('turns names into mentions, and nothing else', async () => {
    const line = 'say @Tom #partners <@grace> <!channel> @everyone jo@tom.org <b>hi</b>';
    const answer = await say('grace', 'general', line);
    expect(harness.bot.invocations.at(-1)?.args.words).toBe(
      '<@tom> <#partners> <\u2060@grace> <!channel> @everyone jo@tom.org <b>hi</b>',
    );
    expect(answer.text).toBe(line.slice('say '.length));
    expect(answer.reply.text).toEqual([{ text: answer.text }]);
    expect((await seen('maya', 'general')).at(-2)?.text).toBe(line);
  });

  it('tells the bot who speaks and where', async () => {
    await say('tom', 'general', 'say where');
    expect(harness.bot.invocations.at(-1)).toMatchObject({
      actor: { platform: 'playground', workspace: 'playground', user: 'tom' },
      place: { channel: 'general', direct: false },
      partnership: 'sample',
    });
    await say('tom', 'dm', 'where');
    expect(harness.bot.invocations.at(-1)?.place).toMatchObject({
      channel: 'dm-tom',
      direct: true,
    });
  });

  it('tells the bot whether others have read the line', async () => {
    await say('tom', 'general', 'say hello');
    expect(harness.bot.invocations.at(-1)?.spokenInPublic).toBe(true);
    await say('tom', 'dm', 'say hello');
    expect(harness.bot.invocations.at(-1)?.spokenInPublic).toBeUndefined();
  });

  it('has its effect once for one key', async () => {
    const first = await say('grace', 'dm', 'say once', 'a key');
    const again = await say('grace', 'dm', 'say once', 'a key');
    expect(again).toEqual(first);
    const keys = harness.bot.invocations.slice(-2).map(({ key }) => key);
    expect(keys[0]).toBe(keys[1]);
    expect(await texts('grace', 'dm')).toEqual(['say once', 'once']);
    await say('maya', 'dm', 'say once', 'a key');
    expect(harness.bot.invocations.at(-1)?.key).not.toBe(keys[0]);
  });

  it('answers when the bot breaks, and logs no words', async () => {
    const answer = await say('maya', 'dm', 'break hunter2');
    expect(answer.text).toContain('went wrong');
    expect(await texts('maya', 'dm')).toContain(answer.text);
    expect(JSON.stringify(harness.errors)).not.toContain('hunter2');
    expect(harness.errors).toHaveLength(1);
  });

  it('lets the bot answer a text of 50,000 characters', async () => {
    const answer = await say('maya', 'dm', `say ${'ü'.repeat(50_000)}`);
    expect(answer.text).toHaveLength(50_000);
  });
});

describe('press', () => {
  it('a reply that replaces takes the place of the pressed message, for everybody', async () => {
    const shown = await say('maya', 'general', 'card');
    expect(shown.text).toBe('Shown 1 times.\nA row\nA note');
    const before = await seen('tom', 'general');
    const again = await press('tom', buttonOf(shown, 'Again'));
    expect(again.text).toContain('Shown 2 times.');
    const after = await seen('maya', 'general');
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(after.at(-1)?.text).toContain('Shown 2 times.');
    expect(after.at(-1)?.buttons.map(({ label }) => label)).toEqual(['Again', 'Form', 'Plain']);
  });

  it('answers in the place where the message is', async () => {
    const shown = await say('maya', 'general', 'card');
    await press('grace', buttonOf(shown, 'Plain'));
    expect((await texts('grace', 'general')).at(-1)).toBe('I heard plain.');
    expect((await texts('maya', 'general')).at(-1)).not.toBe('I heard plain.');
  });

  it('gives each press a key of its own, unless it has one', async () => {
    const button = buttonOf(await say('maya', 'dm', 'card'), 'Plain');
    await press('maya', button);
    await press('maya', button);
    const [first, second] = harness.bot.invocations.slice(-2).map(({ key }) => key);
    expect(first).not.toBe(second);
  });

  it('is refused to members who do not see the message', async () => {
    const direct = buttonOf(await say('maya', 'dm', 'card'), 'Plain');
    const { status, body } = await harness.ask('/playground/press', { as: 'tom', button: direct });
    expect(status).toBe(404);
    expect(body).toEqual({ error: expect.stringContaining('This button has expired') });
  });
});

describe('submit', () => {
  it('takes a form, and returns it with the problem until it is valid', async () => {
    const opened = await say('maya', 'partners', 'form');
    const { form } = opened.reply;
    expect(form).toMatchObject({ title: 'Save something', fields: [{ name: 'amount' }] });
    expect((await seen('maya', 'partners')).at(-1)?.reply?.form).toEqual(form);

    const wrong = await post('submit', { as: 'maya', form: form?.id, values: { amount: 'lots' } });
    expect(wrong.reply.form?.fields[0]).toMatchObject({
      value: 'lots',
      problem: 'That is not a number.',
    });

    const again = wrong.reply.form?.id;
    const right = await post('submit', { as: 'maya', form: again, values: { amount: '12' } });
    expect(right.text).toBe('Saved 12 for the fair.');
    expect(right.reply.form).toBeUndefined();
    expect((await texts('tom', 'partners')).at(-1)).toBe('Saved 12 for the fair.');
    expect(await texts('maya', 'partners')).not.toContain('Tell me a little more.');
  });

  it('has its effect once when it is sent twice', async () => {
    const { form } = (await say('tom', 'dm', 'form')).reply;
    const sent = { as: 'tom', form: form?.id, values: { amount: '3' } };
    const start = harness.bot.invocations.length;
    const [first, second] = await Promise.all([post('submit', sent), post('submit', sent)]);
    expect(second).toEqual(first);
    const keys = harness.bot.invocations.slice(start).map(({ key }) => key);
    expect(new Set(keys).size).toBe(1);
    const before = harness.bot.invocations.length;
    expect((await post('submit', sent)).text).toBe(first.text);
    expect(harness.bot.invocations).toHaveLength(before);
  });

  it('a reply that replaces takes the place of the message whose button opened the form', async () => {
    const shown = await say('grace', 'partners', 'card');
    const before = (await seen('maya', 'partners')).length;
    const { form } = (await press('grace', buttonOf(shown, 'Form'))).reply;
    const sent = { as: 'grace', form: form?.id, values: { amount: '5' } };
    await post('submit', sent);
    const after = await seen('maya', 'partners');
    expect(after).toHaveLength(before);
    expect(after.at(-1)?.text).toBe('Saved 5 for this message.');
    expect((await harness.ask('/playground/submit', sent)).status).toBe(404);
  });

  it('opens from a button, and refuses a field that it does not have', async () => {
    const shown = await say('grace', 'dm', 'card');
    const { form } = (await press('grace', buttonOf(shown, 'Form'))).reply;
    const sent = { as: 'grace', form: form?.id, values: { amout: '3' } };
    const { status, body } = await harness.ask('/playground/submit', sent);
    expect(status).toBe(400);
    expect(body).toEqual({ error: 'The form has no box "amout". It has: amount.' });
  });
});
