import { describe, expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { contacts } from '../../../src/core/domain/contacts/contact.ts';
import { buttonsOf } from '../../../src/core/message/reply.ts';
import { newTalk, type Said, type Talk } from '../../fixtures/bot.ts';
import { newWorker, type TestWorker } from '../../fixtures/worker.ts';

// The fixture's clock starts on Wednesday 18 November 2026, 10:00 in London. The digest is posted on Mondays at 9:00.

const MONDAYS = ['2026-11-23', '2026-11-30', '2026-12-07', '2026-12-14', '2026-12-21'] as const;

async function withDigest(): Promise<{ talk: Talk; worker: TestWorker; posts(): string[] }> {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await talk.say('grace', 'partner add Oakfield School');
  await talk.say('grace', 'digest schedule channel:<#news> day:monday at:9am');
  // The worker writes days with their year.
  const posts = () => worker.channel('news').map((text) => text.replaceAll(' 2026', ''));
  return { talk, worker, posts };
}

/** The figures of a digest, without the words before it. */
const figures = ({ text }: Said) => text.split('\n').slice(1).join('\n');

describe('a digest counts', () => {
  it('no call that nobody answered as contact', async () => {
    const { talk, worker, posts } = await withDigest();
    await talk.say('tom', 'log oakfield school rang noreply');
    await talk.say('tom', 'log oakfield school rang again noreply');
    await worker.until(`${MONDAYS[0]}T09:00:00Z`);
    expect(posts()[0]).toContain('No contacts noted this week.');
    expect(posts()[0]).toContain('2 tries without an answer.');
    expect(posts()[0]).not.toContain('In touch');

    await talk.say('tom', 'log oakfield school talked at last');
    await talk.say('tom', 'log oakfield school left a message noreply');
    await worker.until(`${MONDAYS[1]}T09:00:00Z`);
    expect(posts()[1]).toContain(
      'In touch with Oakfield School: 1 contact; the last digest had none.',
    );
    expect(posts()[1]).toContain('1 try without an answer.');
  });

  it('a contact of last week that was logged after the post, once, and says so', async () => {
    const { talk, worker, posts } = await withDigest();
    await talk.say('tom', 'log oakfield school met');
    await worker.until(`${MONDAYS[0]}T09:00:00Z`);
    expect(posts()[0]).toContain('1 contact.');
    await worker.until(`${MONDAYS[0]}T15:00:00Z`);
    await talk.say('maya', 'log oakfield school wrote when:"19 Nov 2026"');
    await worker.until(`${MONDAYS[1]}T09:00:00Z`);
    expect(posts()[1]).toContain('1 contact, as many as in the last digest.');
    expect(posts()[1]).toContain('It is from before Mon 23 Nov.');
    await worker.until(`${MONDAYS[2]}T09:00:00Z`);
    expect(posts()).toHaveLength(2);
  });

  it('no contact that was taken back, and compares with what was posted', async () => {
    const { talk, worker, posts } = await withDigest();
    for (const note of ['a', 'b', 'c']) await talk.say('tom', `log oakfield school ${note}`);
    const wrong = await talk.say('tom', 'log oakfield school wrong');
    await talk.press('tom', 'Undo', wrong);
    await worker.until(`${MONDAYS[0]}T09:00:00Z`);
    expect(posts()[0]).toContain('3 contacts.');
    // It changes the week that was posted, but not what the post said.
    await talk.say('tom', 'log oakfield school late when:"19 Nov 2026"');
    await talk.say('tom', 'log oakfield school d');
    await talk.press('tom', 'Undo', await talk.say('tom', 'log oakfield school e'));
    await worker.until(`${MONDAYS[1]}T09:00:00Z`);
    expect(posts()[1]).toContain('2 contacts, 1 fewer than in the last digest. 1 of them is from');
  });

  it('in the first post no partner of the start as new', async () => {
    const { talk, worker, posts } = await withDigest();
    await talk.say('grace', 'partner add Local Trust');
    await talk.say('grace', 'log Local Trust the first talk when:"1 Oct 2026"');
    await worker.until(`${MONDAYS[0]}T09:00:00Z`);
    expect(posts()[0]).not.toContain('New partners');
    expect(posts()[0]).toContain('2 partners are in the register.');
    // A contact from before there were digests is no late news.
    expect(posts()[0]).toContain('No contacts noted this week.');
    await talk.say('grace', 'partner add Youth Club');
    await worker.until(`${MONDAYS[1]}T09:00:00Z`);
    expect(posts()[1]).toContain('New partners: Youth Club.');
    expect(posts()[1]).not.toContain('in the register');
  });
});

describe('one window', () => {
  it('is the same for the preview, an extra post and the post', async () => {
    const { talk, worker, posts } = await withDigest();
    await talk.say('tom', 'log oakfield school met');
    await talk.say('tom', 'followup add send the plan by:"26 Nov 2026"');
    await worker.until(`${MONDAYS[0]}T09:00:00Z`);
    await talk.say('tom', 'log oakfield school wrote when:"16 Nov 2026"');
    await talk.say('maya', 'log oakfield school rang noreply');
    await talk.say('tom', 'followup done send the plan');
    await worker.until('2026-11-26T12:00:00Z');
    const midweek = await talk.say('maya', 'digest preview');
    expect(midweek.text).toContain("what's new since Mon 23 Nov");
    expect(midweek.text).toContain('1 contact.');

    await worker.until(`${MONDAYS[1]}T08:59:00Z`);
    const preview = figures(await talk.say('maya', 'digest preview'));
    const extra = await talk.say('grace', 'digest now');
    await worker.until(`${MONDAYS[1]}T09:00:00Z`);
    const [, post = ''] = posts();
    expect(figures({ text: post } as Said)).toBe(preview);
    expect(post).toContain('1 contact, as many as in the last digest.');
    expect(post).toContain('1 promise kept; the last digest had none.');
    expect(extra.text).toContain(preview);
    expect(extra.text).toContain('the next digest, Mon 30 Nov 2026, 09:00, counts the same');
  });

  it('goes on from the last post after downtime, when a post was skipped', async () => {
    const { talk, worker, posts } = await withDigest();
    await talk.say('tom', 'log oakfield school one');
    await worker.until(`${MONDAYS[0]}T09:00:00Z`);
    await talk.say('tom', 'log oakfield school two');
    // Nothing ran from Monday to Wednesday.
    talk.clock.set('2026-12-02T12:00:00Z');
    await worker.sweep();
    expect(posts()).toHaveLength(1);
    await talk.say('tom', 'log oakfield school three');
    await worker.until(`${MONDAYS[2]}T09:00:00Z`);
    expect(posts()[1]).toContain("what's new since Mon 23 Nov");
    // It covers two weeks, so it is not compared with one.
    expect(posts()[1]).toContain('2 contacts.');
    await talk.say('tom', 'log oakfield school four');
    await worker.until(`${MONDAYS[3]}T09:00:00Z`);
    expect(posts()[2]).toContain('the week at a glance');
    expect(posts()[2]).toContain('1 contact.');
  });

  it('loses nothing when the very first post was skipped', async () => {
    const { talk, worker, posts } = await withDigest();
    await talk.say('tom', 'log oakfield school one');
    talk.clock.set('2026-11-25T12:00:00Z');
    await worker.sweep();
    await worker.until(`${MONDAYS[1]}T09:00:00Z`);
    expect(posts()).toHaveLength(1);
    expect(posts()[0]).toContain('1 contact.');
  });

  it('goes on from the last post that arrived, when one could not be sent', async () => {
    const { talk, worker, posts } = await withDigest();
    await talk.say('tom', 'log oakfield school one');
    await worker.until(`${MONDAYS[0]}T09:00:00Z`);
    await talk.say('tom', 'log oakfield school two');
    worker.platform.onSend = async ({ address }) => (address.to === 'channel' ? 'gone' : undefined);
    await worker.until(`${MONDAYS[1]}T12:00:00Z`);
    worker.platform.onSend = async () => {};
    expect(posts()).toHaveLength(1);
    await talk.say('tom', 'log oakfield school three');
    await worker.until(`${MONDAYS[2]}T09:00:00Z`);
    expect(posts().at(-1)).toContain('2 contacts.');
  });
});

it('counts nothing twice when the answer to a post was lost', async () => {
  const { talk, worker, posts } = await withDigest();
  await talk.say('tom', 'log oakfield school one');
  let faults = 1;
  worker.platform.onSend = async ({ address }) =>
    address.to === 'channel' && faults-- > 0 ? 'lost answer' : undefined;
  await worker.until(`${MONDAYS[0]}T09:00:02Z`);
  expect(posts()).toHaveLength(1);
  // While nobody knows yet whether it was posted.
  await talk.say('tom', 'log oakfield school two');
  await worker.until(`${MONDAYS[0]}T12:00:00Z`);
  await worker.until(`${MONDAYS[1]}T09:00:00Z`);
  expect(posts()).toHaveLength(2);
  expect(posts()[1]).toContain('1 contact, as many as in the last digest.');
});

it('counts on from a post that may have been lost; if it is posted again, it says what it said', async () => {
  const { talk, worker, posts } = await withDigest();
  await talk.say('tom', 'log oakfield school one');
  worker.platform.onSend = async ({ address }) =>
    address.to === 'channel' ? 'lost message' : undefined;
  await worker.until(`${MONDAYS[0]}T12:00:00Z`);
  worker.platform.onSend = async () => {};
  expect(posts()).toEqual([]);
  await talk.say('tom', 'log oakfield school two');
  const repost = worker.platform.posted
    .flatMap(({ reply }) => buttonsOf(reply))
    .find(({ command }) => command === 'digest repost');
  if (!repost) throw new Error('Nobody was asked.');
  await talk.press('grace', repost);
  await worker.until(`${MONDAYS[0]}T13:00:00Z`);
  expect(posts()).toEqual([expect.stringContaining('1 contact.')]);
  await worker.until(`${MONDAYS[1]}T09:00:00Z`);
  expect(posts()[1]).toContain('1 contact, as many as in the last digest.');
});

it('counts a call from the day on which somebody noted that it was answered after all, once', async () => {
  const { talk, worker, posts } = await withDigest();
  await talk.say('tom', 'log oakfield school rang noreply');
  const [row] = await collect(talk.store.of(contacts).all({ index: 'byLogged' }));
  const correct = (reply: string) =>
    talk.invoke('tom', 'log change', { which: `#${row?.id}`, reply });
  await worker.until(`${MONDAYS[0]}T09:00:00Z`);
  expect(posts()[0]).toContain('1 try without an answer.');
  await correct('yes');
  await worker.until(`${MONDAYS[1]}T09:00:00Z`);
  expect(posts()[1]).toContain('1 contact; the last digest had none.');
  await correct('no');
  await correct('yes');
  await worker.until(`${MONDAYS[2]}T09:00:00Z`);
  expect(posts()).toHaveLength(2);
});

describe('standing lists', () => {
  it('name only what is new since the last post, and an old late promise is no news', async () => {
    const { talk, worker, posts } = await withDigest();
    await talk.say('grace', 'partner add Local Trust every:"1 week"');
    await talk.say('grace', 'partner add Youth Club every:"3 weeks"');
    await talk.say('tom', 'log Local Trust met when:"12 Nov 2026"');
    await talk.say('tom', 'log Youth Club met when:"12 Nov 2026"');
    await talk.say('tom', 'log oakfield school next:"send the plan" by:"20 Nov 2026"');
    await worker.until(`${MONDAYS[0]}T09:00:00Z`);
    expect(posts()[0]).toContain('Gone quiet: Local Trust.');
    expect(posts()[0]).toContain('1 promise of ours is newly overdue (Oakfield School).');

    await worker.until(`${MONDAYS[1]}T09:00:00Z`);
    expect(posts()).toHaveLength(1);

    // Youth Club went quiet on 3 December.
    await worker.until(`${MONDAYS[2]}T09:00:00Z`);
    expect(posts()[1]).toContain('Gone quiet: Youth Club. 2 partners are quiet in all.');
    expect(posts()[1]).toContain('1 promise of ours is overdue.');
    expect(posts()[1]).not.toMatch(/Local Trust|Oakfield|send the plan/);
    await worker.until(`${MONDAYS[4]}T09:00:00Z`);
    expect(posts()).toHaveLength(2);
    expect((await talk.say('maya', 'digest preview')).buttons).toEqual([
      'Who has gone quiet?',
      'What is overdue?',
    ]);
  });

  it('count late promises of ours and of theirs apart; the buttons open the lists', async () => {
    const { talk, worker, posts } = await withDigest();
    await talk.say('tom', 'log oakfield school next:"the plan" by:"19 Nov 2026"');
    await talk.say('tom', 'log oakfield school next:"the keys" whose:theirs by:"19 Nov 2026"');
    await talk.say('tom', 'log oakfield school next:"the list" whose:theirs by:"20 Nov 2026"');
    await worker.until(`${MONDAYS[0]}T09:00:00Z`);
    expect(posts()[0]).toContain('1 promise of ours is newly overdue (Oakfield School).');
    expect(posts()[0]).toContain('2 promises to us are newly overdue (Oakfield School).');
    const preview = await talk.say('maya', 'digest preview');
    expect(preview.buttons).toEqual(['What is overdue?']);
    const late = await talk.press('maya', 'What is overdue?', preview);
    for (const title of ['the plan', 'the keys', 'the list']) expect(late.text).toContain(title);
  });

  it('do not name the partner of a private promise, or one that a member is tied to', async () => {
    const { talk, worker, posts } = await withDigest();
    await talk.say('grace', 'partner add Riverside Council');
    await talk.say('grace', 'member tie @Maya Riverside Council');
    await talk.say('tom', 'log Riverside Council next:"the budget" by:"19 Nov 2026"');
    await talk.say(
      'tom',
      'log oakfield school a word private:yes next:"the secret" by:"20 Nov 2026"',
    );
    await talk.say('tom', 'log oakfield school private:yes next:"another one" by:"24 Nov 2026"');
    await worker.until(`${MONDAYS[0]}T09:00:00Z`);
    expect(posts()[0]).toContain('2 promises of ours are newly overdue.');
    expect(posts()[0]).toContain('1 promise is due in the coming week.');
    expect(posts()[0]).not.toMatch(/budget|secret|another/);
  });
});
