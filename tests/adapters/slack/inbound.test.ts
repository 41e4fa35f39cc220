import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { contacts } from '../../../src/core/domain/contacts/contact.ts';
import { type Directory, directoriesOf } from '../../../src/core/domain/directory/directory.ts';
import { partnerships } from '../../../src/core/domain/partnerships/partnership.ts';
import {
  type ConnectionKind,
  type SlackHarness,
  startHarness,
  startHarnessWithPartner,
} from './harness.ts';

const LOG = 'log riverside council met them at the fair';

/** The contacts that were noted. */
async function noted({ stores, partnership }: SlackHarness): Promise<number> {
  return (await collect(stores.forPartnership(partnership).of(contacts).all({ index: 'byId' })))
    .length;
}

describe.each<ConnectionKind>(['socket', 'http'])('by %s', (by) => {
  it('the same delivery 100 times, at once and later, has one effect and one answer', async () => {
    const harness = await startHarnessWithPartner(by);
    const { double, tom } = harness;
    const first = await double.as(tom).slash('/convenor', LOG);
    const { envelope } = first;
    if (!envelope) throw new Error('Nothing was sent.');
    await Promise.all(Array.from({ length: 98 }, () => double.redeliver(envelope)));
    await first.reply();
    await double.redeliver(envelope);
    expect(await noted(harness)).toBe(1);
    const answers = double
      .sees(tom, double.directOf(tom))
      .filter(({ words }) => /Noted/.test(words));
    expect(answers).toHaveLength(1);
    // The store still knows after a restart.
    await harness.restart();
    await double.redeliver(envelope);
    await double.until('a second answer', () => first.replies[1]);
    expect(await noted(harness)).toBe(1);
  });

  it('a form that Slack delivers 100 times notes one contact', async () => {
    const harness = await startHarnessWithPartner(by);
    const { double, tom } = harness;
    const modal = await (await double.as(tom).slash('/log')).modal();
    const { envelope } = await double.as(tom).submit(modal, { 'Who with?': 'Riverside Council' });
    if (!envelope) throw new Error('Nothing was sent.');
    const acks = await Promise.all(Array.from({ length: 99 }, () => double.redeliver(envelope)));
    expect(acks.map(({ body }) => body)).toEqual(
      Array.from({ length: 99 }, () => ({ response_action: 'clear' })),
    );
    await expect.poll(() => noted(harness)).toBe(1);
    const answers = double
      .sees(tom, double.directOf(tom))
      .filter(({ words }) => /Noted/.test(words));
    expect(answers).toHaveLength(1);
    expect(double.violations).toEqual([]);
  });

  it('while the store stalls, everything is acknowledged in time; it is answered when the store goes on', async () => {
    const harness = await startHarnessWithPartner(by);
    const { double, tom, store } = harness;
    const list = await (await double.as(tom).slash('/followup', 'plant bulbs by:friday')).reply();
    const modal = await (await double.as(tom).slash('/log')).modal();
    store.stall();
    const said = await double.as(tom).slash('/convenor', LOG);
    const pressed = await double.as(tom).press(list, 'Undo');
    const asked = await double.as(tom).slash('/log');
    const sent = double.as(tom).submit(modal, { 'What happened?': 'talked' });
    const skeleton = await asked.modal();
    expect(skeleton.words).toContain('One moment');
    await sent.catch(() => {});
    store.resume();
    expect((await said.reply()).words).toContain('Noted');
    expect((await pressed.reply()).words).toMatch(/^undone/i);
    const form = await double.until('the form', () =>
      double.modal(tom)?.labels.includes('Who with?') ? double.modal(tom) : undefined,
    );
    expect(form.id).toBe(skeleton.id);
    expect(double.violations).toEqual([]);
  });
});

it('a form that takes long answers in the modal, and the buttons there work', async () => {
  const harness = await startHarnessWithPartner();
  const { double, team, tom, store } = harness;
  const channel = double.addChannel(team, { members: [tom] });
  const person = double.as(tom, channel);
  const modal = await (await person.slash('/log')).modal();
  store.stall();
  const filled = { 'Who with?': 'Use "Garden Trust"', 'What happened?': 'dug' };
  const sent = await person.submit(modal, { ...filled, 'By when?': 'blursday' });
  expect(sent.body).toMatchObject({ response_action: 'update' });
  store.resume();
  const words = (text: string) => () => {
    const view = double.modal(tom);
    return view && JSON.stringify(view.blocks).includes(text) ? view : undefined;
  };
  const again = await double.until('the form again', words('blursday'));
  expect(again.id).toBe(modal.id);
  store.stall();
  await person.submit(again, { ...filled, 'By when?': '' });
  store.resume();
  const question = await double.until('the question', words('Garden Trust'));
  await person.press(question, question.buttons[0] ?? '');
  await double.until('the answer', words('Noted'));
  await expect.poll(() => noted(harness)).toBe(1);
  expect(double.violations).toEqual([]);
});

it('nothing is lost when Slack ends a connection in the middle', async () => {
  const harness = await startHarnessWithPartner('socket');
  const { double, tom } = harness;
  expect(double.socket.connections).toBe(2);
  for (const [index, end] of (['disconnect', 'drop', 'disconnect'] as const).entries()) {
    const said = await double.as(tom).slash('/convenor', `${LOG} ${index}`);
    if (end === 'drop') double.socket.drop();
    else double.socket.disconnect();
    expect((await said.reply()).words).toContain(`fair ${index}`);
    await expect.poll(() => double.socket.connections, { timeout: 3000 }).toBe(2);
  }
  expect(await noted(harness)).toBe(3);
});

it('while Slack does not tell who somebody is, they are told so and see nothing', async () => {
  const harness = await startHarnessWithPartner();
  const { double, team } = harness;
  const ann = double.addUser(team, { name: 'Ann' });
  double.faults.next('users.info', 'server error');
  const reply = await (await double.as(ann).slash('/convenor', LOG)).reply();
  expect(reply.words).toContain("Slack doesn't tell me who you are at the moment");
  expect(reply.words).not.toContain('Riverside Council');
  expect(await noted(harness)).toBe(0);
  const later = await (await double.as(ann).slash('/convenor', LOG)).reply();
  expect(later.words).toMatch(/Noted.*Riverside Council/s);
});

it('an answer comes as a direct message when its response URL has expired', async () => {
  const { double, team, tom, store } = await startHarnessWithPartner();
  const channel = double.addChannel(team, { members: [tom] });
  store.stall();
  const said = await double.as(tom, channel).slash('/convenor', LOG);
  double.world.pass(31 * 60_000);
  store.resume();
  const answer = await double.until('the answer', () =>
    double.sees(tom, double.directOf(tom)).find(({ words }) => words.includes('Noted')),
  );
  expect(answer.words).toContain('Riverside Council');
  expect(said.replies).toEqual([]);
});

it('one workspace sees nothing of another', async () => {
  const harness = await startHarness('http');
  const { double, grace } = harness;
  await (await double.as(grace).slash('/convenor', 'partner add "Riverside Council"')).reply();
  const other = double.addTeam('Hillside');
  const away = double.addUser(other, { name: 'Zoe', owner: true });
  const payload = {
    command: '/convenor',
    text: 'partner list',
    team_id: other.id,
    user_id: away.id,
    channel_id: 'C1',
    trigger_id: '1.2.3',
    response_url: `${double.apiUrl}nowhere`,
  };
  const sent = await double.sendSigned(new URLSearchParams(payload).toString());
  expect(sent.status).toBe(200);
  expect(JSON.stringify(double.calls.filter(({ method }) => method !== 'auth.test'))).not.toContain(
    away.id,
  );
});

it('an answered form holds no list of names in memory', async () => {
  const harness = await startHarnessWithPartner();
  const { double, tom, stores, partnership } = harness;
  const row = () => stores.forPartnership(partnership).of(partnerships).get(partnership);
  const directories: WeakRef<Directory>[] = [];
  for (let index = 0; index < 5; index++) {
    const modal = await (await double.as(tom).slash('/log')).modal();
    await double.as(tom).submit(modal, { 'Who with?': 'Riverside Council' });
    await expect.poll(() => noted(harness)).toBe(index + 1);
    const now = await row();
    if (now) directories.push(new WeakRef(await directoriesOf(stores).of(now)));
    // Another name, another list.
    await (await double.as(tom).slash('/convenor', `partner add Club ${index}`)).reply();
  }
  await collectGarbage();
  expect(directories.filter((list) => list.deref() !== undefined)).toEqual([]);
});

/** Twice, since what one turn of the event loop still holds is gone in the next. */
async function collectGarbage(): Promise<void> {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  for (let round = 0; round < 2; round++) {
    await setImmediate();
    gc();
  }
}
