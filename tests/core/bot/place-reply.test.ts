import { expect, it } from 'vitest';
import { followups } from '../../../src/core/domain/followups/followup.ts';
import { type Button, buttonsOf, type Reply } from '../../../src/core/message/reply.ts';
import { updateWithRetry } from '../../../src/core/ports/store.ts';
import {
  buttonIn,
  newTalk,
  newWorkspace,
  profileOf,
  type Said,
  type Talk,
} from '../../fixtures/bot.ts';
import { newWorker, type TestWorker } from '../../fixtures/worker.ts';

/** The button of the last message to somebody. */
function posted({ platform }: TestWorker, label: string): Button {
  const reply: Reply | undefined = platform.posted.at(-1)?.reply;
  const found = reply && buttonsOf(reply).find((button) => button.label === label);
  if (!found) throw new Error(`No ${label}.`);
  return found;
}

/** The follow-up of a button. */
const idIn = ({ args }: Button) => args.which?.slice(1) ?? '';

/** A worker that has just sent Tom a reminder. */
async function withReminder(): Promise<{ talk: Talk; worker: TestWorker }> {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('tom', 'followup add ring the school by:"today 3pm"');
  await worker.until('2026-11-18T15:00:00Z');
  return { talk, worker };
}

const replaced = ({ reply }: Said) => reply.replaces;

it('a reminder has its buttons again after Done and Undo, also a second time', async () => {
  const { talk, worker } = await withReminder();
  let done = posted(worker, 'Done');
  for (const _ of [1, 2]) {
    const said = await talk.press('tom', done);
    expect([said.text, said.buttons]).toEqual(['Done, thank you: ring the school.', ['Undo']]);
    const undone = await talk.press('tom', 'Undo', said);
    expect(undone.text).toContain('ring the school · by Wed 18 Nov 2026, 15:00');
    expect(undone.buttons).toEqual(['Done', 'Later', 'Ask someone else']);
    expect([said, undone].map(replaced)).toEqual([true, true]);
    done = buttonIn(undone, 'Done');
  }
});

it('Done in a reminder of what somebody else has done says who and when, and is the end of the reminder', async () => {
  const { talk, worker } = await withReminder();
  await talk.say('grace', 'followup done school');
  const pressed = await talk.press('tom', posted(worker, 'Done'));
  expect(pressed.text).toBe(
    'ring the school is done already: Grace ticked it off Wed 18 Nov. Nothing has changed.',
  );
  expect([pressed.buttons, replaced(pressed)]).toEqual([[], true]);
});

it.each(['Done', 'Later', 'Ask someone else'])(
  '%s of what I have done or taken off the list myself opens no form, and says so',
  async (label) => {
    const { talk, worker } = await withReminder();
    const button = posted(worker, label);
    const done = await talk.press('tom', posted(worker, 'Done'));
    const again = await talk.press('tom', button);
    expect(again.form).toBeUndefined();
    expect(again.text).toContain('is done already: you ticked it off');
    await talk.press('tom', 'Undo', done);
    await talk.say('tom', 'followup cancel school');
    expect((await talk.press('tom', button)).text).toBe(
      'ring the school was taken off the list by you Wed 18 Nov. Nothing has changed.',
    );
  },
);

it('a request has its answers again after a yes is undone, and says what became of it', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('maya', 'followup add send the plan by:friday who:Tom');
  await worker.sweep();
  const yes = posted(worker, 'Yes');
  const taken = await talk.press('tom', yes);
  expect(taken.text).toContain('send the plan is yours now');
  const undone = await talk.press('tom', 'Undo', taken);
  expect(undone.text).toContain('Maya asks: could you do this? send the plan');
  expect(undone.buttons).toEqual(['Yes', "Sorry, can't"]);
  await talk.say('maya', 'followup done plan');
  const late = await talk.press('tom', yes);
  expect(late.text).toBe('send the plan has been done in the meantime. Thank you anyway.');
  expect([late.buttons, replaced(late)]).toEqual([[], true]);
});

it.each(['followup list', 'followup list late', 'today'])(
  '%s shows what is left after Done, Undo and Later pressed in it',
  async (line) => {
    const talk = await newTalk();
    await talk.say('tom', 'followup add ring the school by:today');
    await talk.say('tom', 'followup add send the plan by:tomorrow');
    talk.clock.move({ days: 2 });
    const list = await talk.say('tom', line);
    const done = await talk.press('tom', 'Done', list);
    expect(done.text).toMatch(/^Done, thank you: ring the school\./);
    expect(done.text).not.toMatch(/ring the school ·/);
    expect(done.text).toContain('send the plan · was due');
    const undone = await talk.press('tom', 'Undo', done);
    expect(undone.text).toMatch(/^Undone[\s\S]*ring the school · was due/);
    const asked = await talk.press('tom', 'Later', undone);
    const later = await talk.press('tom', 'Next week', asked);
    expect(later.text).toMatch(/^Put off: ring the school/);
    expect([done, undone, asked, later].map(replaced)).toEqual([true, true, true, true]);
    expect(talk.errors).toEqual([]);
  },
);

it('another copy of a list says what was done, and shows the list as it is', async () => {
  const talk = await newTalk();
  await talk.say('tom', 'followup add ring the school by:tomorrow');
  await talk.say('tom', 'followup add send the plan by:friday');
  const [list, copy] = [await talk.say('tom', 'followup list'), await talk.say('tom', 'today')];
  await talk.press('tom', 'Done', list);
  const stale = await talk.press('tom', 'Done', copy);
  expect(stale.text).toMatch(/^ring the school is done already: you ticked it off/);
  expect(stale.text).toContain('send the plan · by');
  expect(stale.text).not.toContain('ring the school ·');
  expect(replaced(stale)).toBe(true);
});

it('the form of a button in a list leads back to the list, with names as they are now', async () => {
  const talk = await newTalk();
  await talk.say('tom', 'partner add "Oakfield School"');
  await talk.say('tom', 'followup add ring them with:"Oakfield School" by:friday');
  const list = await talk.say('tom', 'followup list');
  const { form } = await talk.press('tom', 'Log', list);
  const noted = await talk.submit('tom', form, { note: 'met Jane', next: 'send the plan' });
  expect(noted.text).toMatch(/^Noted, thanks\.[\s\S]*You have 2 follow-ups:/);
  expect(replaced(noted)).toBe(true);
});

it('the last page shows the one before when nothing is left on it', async () => {
  const talk = await newTalk();
  for (let count = 1; count <= 9; count++)
    await talk.say('tom', `followup add thing ${count} by:friday`);
  const last = await talk.press('tom', 'More', await talk.say('tom', 'followup list'));
  const done = await talk.press('tom', 'Done', last);
  expect(done.text).toContain('You have 8 follow-ups:');
  expect(done.text.match(/ · by/g)).toHaveLength(8);
});

it('quiet shows a partner no more once it was spoken with', async () => {
  const talk = await newTalk();
  for (const name of ['Oakfield School', 'Riverside Council']) {
    await talk.say('tom', `partner add "${name}"`);
    await talk.say('tom', `log "${name}" met them when:2026-09-01`);
  }
  const { form } = await talk.press('tom', "We've spoken", await talk.say('tom', 'quiet'));
  const noted = await talk.submit('tom', form, { note: 'a quick hello' });
  expect(noted.text).toMatch(/^Noted, thanks\.[\s\S]*Gone quiet/);
  expect(noted.text.match(/since anyone spoke with them/g)).toHaveLength(1);
});

it('a made-up list runs nothing', async () => {
  const talk = await newTalk();
  await talk.say('tom', 'followup add ring the school by:friday');
  for (const view of ['settings?name=Mine', 'followup done?which=school', '#nothing', '', '?%%']) {
    const said = await talk.invoke('grace', 'followup list', { view });
    expect(said.text).not.toContain('Done, thank you');
  }
  expect((await talk.say('tom', 'followup list')).text).toContain('ring the school');
  expect(talk.errors).toEqual([]);
});

it('what is being sent is changed as soon as it is out, and nobody is asked to try again', async () => {
  const { talk, worker } = await withReminder();
  const button = posted(worker, 'Done');
  const mark = (sending: string | null) =>
    updateWithRetry(talk.store.of(followups), idIn(button), (row) => ({ ...row, sending }));
  await mark('now');
  let waits = 0;
  talk.whilePending = async () => ++waits === 3 && mark(null);
  const done = await talk.press('tom', button);
  expect([done.text, waits]).toEqual(['Done, thank you: ring the school.', 3]);
  await mark('now');
  waits = 0;
  expect((await talk.press('tom', 'Undo', done)).text).toContain('Undone');
  expect(waits).toBe(3);
});

it('a send that does not end is waited for some seconds only', async () => {
  const { talk, worker } = await withReminder();
  const button = posted(worker, 'Done');
  await updateWithRetry(talk.store.of(followups), idIn(button), (row) => ({
    ...row,
    sending: 'now',
  }));
  let waits = 0;
  talk.whilePending = async () => ++waits;
  const refused = await talk.press('tom', button);
  expect(refused.text).toContain('Please try again in a minute.');
  expect(refused.buttons).toEqual(['Done', 'Later', 'Ask someone else']);
  expect(waits).toBe(15);
});

it('a copy of a list in a linked workspace says who was quicker, and shows its reader what is left', async () => {
  const [ours, theirs] = [await newWorkspace('Riverside'), await newWorkspace('Riverside Friends')];
  ours.profiles.grace = profileOf('Grace', { standing: 'owner' });
  theirs.profiles.ada = profileOf('Ada', { standing: 'owner' });
  await ours.say('grace', 'settings name:"Riverside Neighbours"');
  await theirs.say('ada', 'me');
  const code = /[A-Z0-9]{4}-[A-Z0-9]{4}/.exec((await ours.say('grace', 'workspace link')).text);
  const asked = await theirs.say('ada', `workspace link ${code?.[0]}`);
  await theirs.press('ada', 'Link them', asked);
  await ours.say('grace', 'followup add ring the school by:tomorrow');
  await ours.say('grace', 'followup add send the plan by:friday');
  await ours.say('grace', 'member role @Ada worker');
  const [here, there] = [
    await ours.say('grace', 'followup list everyone'),
    await theirs.say('ada', 'followup list everyone'),
  ];
  await ours.press('grace', 'Done', here);
  const late = await theirs.press('ada', 'Done', there);
  expect(late.text).toMatch(/^ring the school is done already: Grace ticked it off Wed 18 Nov\./);
  expect(late.text).toContain('send the plan · by Fri 20 Nov · Grace');
  expect(late.text).not.toContain('ring the school ·');
});
