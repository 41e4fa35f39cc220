import { expect, it } from 'vitest';
import { startHarnessWithPartner } from './harness.ts';

it('a code is looked at for somebody who was not let in on the server, there and in a direct message', async () => {
  const { double, guild, grace, channel } = await startHarnessWithPartner();
  const sam = double.addUser(guild, { name: 'Sam' });
  const given = await (await double.as(grace, channel).slash('my link')).reply();
  const code = /[A-Z0-9]{4}-[A-Z0-9]{4}/.exec(given.words)?.[0] ?? 'no code';
  // Grace is known on this server already, so it is not hers a second time.
  const refusal = 'I already know **Grace** here as a different person.';
  const there = await (await double.as(sam, channel).slash('my link', { code })).reply();
  expect(there.words).toContain(refusal);
  const line = `link ${code}`;
  const direct = await (await double.as(sam).slash('convenor', { line })).reply();
  expect(direct.words).toContain(refusal);
  expect(double.violations).toEqual([]);
});
