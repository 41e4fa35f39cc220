import { expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { deliveries } from '../../../src/core/domain/deliveries/delivery.ts';
import type { VisibleMessage } from '../../doubles/slack/visible-messages.ts';
import { type ConnectionKind, startHarness, type User } from './harness.ts';
import { startWorker } from './worker.ts';

/** A Wednesday, 10:00 in London. */
const START = Date.parse('2026-11-18T10:00:00Z');

it.each<ConnectionKind>(['http', 'socket'])(
  'from its installation to its removal, by %s',
  async (by) => {
    const harness = await startHarness(by, START);
    const { double, team, grace, tom, stores, partnership } = harness;
    const until = startWorker(harness);
    const news = double.addChannel(team, { name: 'news', members: [grace, tom] });
    double.invite(news, 'app');
    const typed = async (who: User, slash: string, line = '') =>
      (await double.as(who).slash(slash, line)).reply();
    const inbox = (who: User) => double.sees(who, double.directOf(who));
    const latest = (who: User): VisibleMessage => {
      const message = inbox(who).at(-1);
      if (!message) throw new Error('Nothing was inbox.');
      return message;
    };
    const pressed = async (seen: VisibleMessage, label: string) =>
      (await double.as(tom).press(seen, label)).reply();

    // The owner sets Convenor up.
    const hello = await typed(grace, '/convenor', 'help');
    const setUp = await (await double.as(grace).press(hello, 'Set up')).modal();
    await double.as(grace).submit(setUp, {
      'What is your partnership called?': 'Big Local Riverside',
      'In which channel should I post a digest?': news.id,
      'Who is a worker?': tom.id,
    });
    await double.until('the set-up', () => /All set.*Tom is a worker/s.exec(latest(grace).words));

    // A member notes what happened and what was promised.
    await typed(grace, '/convenor', 'partner add "Riverside Council" lead:@Tom');
    const note = 'riverside council met at the fair next:"send the plan" by:thursday';
    expect((await typed(tom, '/log', note)).words).toContain('send the plan');
    await typed(tom, '/followup', 'ring the school by:"today 3pm"');
    const form = await (await double.as(tom).slash('/followup')).modal();
    const wrong = { 'What was promised?': 'sweep the hall', 'By when?': 'blursday' };
    const { errors } = await double.as(tom).submit(form, wrong);
    expect(Object.values(errors)).toEqual([expect.stringContaining('blursday')]);
    await double.as(tom).close(form);

    // A reminder comes, is put off and comes again, although Slack ends a connection in between.
    await until('2026-11-18T15:00:00Z');
    const reminder = latest(tom);
    expect(reminder.words).toContain('ring the school');
    double.socket.disconnect();
    const back = () => by === 'http' || double.socket.connections > 0 || undefined;
    await double.until('a connection', back);
    const soon = await pressed(reminder, 'Later');
    expect((await pressed(soon, 'In 20 minutes')).words).toContain('Put off');
    const putOff = inbox(tom).length;
    await until('2026-11-18T15:19:00Z');
    expect(inbox(tom)).toHaveLength(putOff);
    await until('2026-11-18T15:21:00Z');
    expect(inbox(tom)).toHaveLength(putOff + 1);
    expect((await pressed(latest(tom), 'Done')).words).toContain('Done');

    // The brief of the next morning, and a button in it.
    await until('2026-11-19T10:00:00Z');
    expect(latest(tom).words).toContain('send the plan');
    await pressed(latest(tom), 'Done');

    // The weekly digest, for everybody.
    await until('2026-11-23T10:00:00Z');
    const [digest, ...more] = double.sees(grace, news);
    expect(digest?.words).toContain('Riverside Council');
    expect(more).toEqual([]);

    await double.as(tom).openHome();
    await double.until('a Home', () => double.home(tom));
    const said = double.say(grace, news, 'The council agreed');
    const shortcut = await (await double.as(tom, news).shortcut('log_this', said)).modal();
    await double.as(tom).submit(shortcut, { 'Who with?': 'Riverside Council' });
    await double.until('the answer', () =>
      double.sees(tom, news).find(({ words }) => /Noted.*The council agreed/s.test(words)),
    );

    // After the removal deliveries end, and nobody gets a message.
    await typed(tom, '/followup', 'paint the fence by:"today 3pm"');
    const direct = double.directOf(tom);
    const before = double.sees(tom, direct);
    await double.uninstall(team);
    await until('2026-11-23T18:00:00Z');
    expect(double.sees(tom, direct)).toEqual(before);
    const rows = await collect(
      stores.forPartnership(partnership).of(deliveries).all({ index: 'byId' }),
    );
    expect(rows.filter(({ nextRunAt }) => nextRunAt !== null)).toEqual([]);
    expect(rows.map(({ reason }) => reason)).toContainEqual(expect.stringContaining('was removed'));
    expect(double.violations).toEqual([]);
  },
);
