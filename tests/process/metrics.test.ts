import { expect, it, onTestFinished } from 'vitest';
import { startFreshTry } from '../fixtures/try-process.ts';

it('counts commands by name, platform and outcome, and shows nothing that somebody typed', async () => {
  const convenor = await startFreshTry();
  onTestFinished(convenor.stop);
  const numbers = async () => {
    const text = await (await fetch(`${convenor.url}/metrics`)).text();
    const lines = text.split('\n').filter((line) => line.startsWith('convenor_command'));
    return new Map(
      lines.map((line) => {
        const [, name = '', value] = /^(.*) (\S+)$/.exec(line) ?? [];
        return [name, Number(value)];
      }),
    );
  };
  const before = await numbers();
  await convenor.say('tom', 'log Groundwork UK talked of secretgarden');
  await convenor.say('tom', 'log Secretgarden Trust talked');
  await convenor.say('tom', 'log');
  await convenor.say('tom', 'log with:"Groundwork UK" when:someday-secretgarden');
  await convenor.say('maya', 'settings');
  await convenor.say('tom', 'today');
  await convenor.say('tom', 'secretgarden');
  const after = await numbers();
  const added = (command: string, outcome: string) => {
    const name = `convenor_commands_total{command="${command}",platform="playground",outcome="${outcome}"}`;
    return (after.get(name) ?? 0) - (before.get(name) ?? 0);
  };
  expect({
    answered: added('log', 'answered'),
    question: added('log', 'question'),
    form: added('log', 'form'),
    invalid: added('log', 'invalid'),
    unknown: added('unknown', 'question'),
    today: added('today', 'answered'),
  }).toEqual({ answered: 1, question: 1, form: 1, invalid: 1, unknown: 1, today: 1 });
  expect(added('settings', 'refused') + added('settings', 'answered')).toBe(1);
  const count = 'convenor_command_duration_seconds_count{command="log"}';
  expect((after.get(count) ?? 0) - (before.get(count) ?? 0)).toBe(4);
  expect([...after.keys()].join()).not.toContain('secretgarden');
});
