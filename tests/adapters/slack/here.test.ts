import { expect, it } from 'vitest';
import { startHarnessWithPartner } from './harness.ts';

it('a digest cannot go to a direct message: Convenor says what to do, and offers to pick a channel', async () => {
  const { double, team, grace } = await startHarnessWithPartner();
  const news = double.addChannel(team, { name: 'news', members: [grace] });
  const person = double.as(grace);
  const answer = await (await person.slash('/convenor', 'digest schedule channel:here')).reply();
  expect(answer.words).toContain(
    'This is a direct message. Say that in the channel you mean, or name the channel.',
  );
  const form = await (await person.press(answer, 'Fix')).modal();
  await person.submit(form, { 'In which channel?': news.id });
  const answered = (channel: typeof news) =>
    double.until('the answer', () =>
      double.sees(grace, channel).find(({ words }) => words.includes('The digest will be posted')),
    );
  expect(JSON.stringify((await answered(double.directOf(grace))).blocks)).toContain(news.id);

  // Typed in a channel, "here" is that channel.
  const hall = double.addChannel(team, { name: 'hall', members: [grace] });
  await double.as(grace, hall).slash('/convenor', 'digest schedule channel:here');
  expect(JSON.stringify((await answered(hall)).blocks)).toContain(hall.id);
  expect(double.violations).toEqual([]);
});
