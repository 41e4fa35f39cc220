import { beforeAll, describe, expect, it } from 'vitest';
import { openBegun, type Stage, type User } from './stage.ts';

describe('Discord', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openBegun();
    return () => {
      expect(stage.double.violations).toEqual([]);
    };
  });

  const line = async (who: User, words: string) =>
    (await stage.double.as(who, stage.channel).slash('convenor', { line: words })).reply();

  it('notes a contact', async () => {
    const reply = await line(
      stage.tom,
      'log riverside council met at the fair next:"send the plan" by:tomorrow',
    );
    console.log(reply, stage.warnings);
    expect(reply.words).toMatch(/Noted.*Riverside Council.*met at the fair/s);
  });
});
