import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Invocation } from '../../../src/core/message/invocation.ts';
import { type Button, buttonsOf } from '../../../src/core/message/reply.ts';
import type { Bot } from '../../../src/core/ports/platform.ts';
import { newWorkspace, profileOf, type Talk } from '../../fixtures/bot.ts';
import { runs } from '../../fixtures/proof.ts';

/** The lines to type. `alder` stands for a word that is in every name of the workspace. */
const lines = [
  ...['partner add "Alder School"', 'partner add "Alder Council" lead:@Tom', 'partner list'],
  ...[
    'log alder school met about the alder roof next:"send alder plan" by:friday',
    'log school met',
  ],
  ...['partner show school', 'partner edit alder school sector:alder', 'partner archive school'],
  ...[
    'followup add ring alder by:tomorrow who:@Tom',
    'followup list everyone',
    'followup done ring',
  ],
  ...['today', 'quiet', 'members', 'me', 'me time:8:30', 'settings', 'settings name:"Alder Two"'],
  ...['digest preview', 'digest now', 'help', 'help log', 'undo', 'why', 'hand back', 'fewer'],
  ...['setup Alder Three channel:<#C1> worker:<@tom>', 'setup', 'member left tom', 'log'],
];

const words = ['alder', 'birch'] as const;
const speakers = ['grace', 'tom', 'guest', 'stranger', 'visitor'] as const;
type Speaker = (typeof speakers)[number];

interface Side {
  word: string;
  talk: Talk;
  /** The workspace of strangers. */
  elsewhere: string;
}

const step = fc.record({
  side: fc.constantFrom(0, 1),
  who: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom<Speaker>('grace', 'tom') },
    { weight: 1, arbitrary: fc.constantFrom<Speaker>('guest', 'stranger', 'visitor') },
  ),
  what: fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(...lines) },
    { weight: 1, arbitrary: fc.nat() },
  ),
});

async function newSide(word: string): Promise<Side> {
  const talk = await newWorkspace(`${word} Neighbours`);
  talk.profiles.grace = profileOf(`Grace ${word}`, { standing: 'owner' });
  talk.profiles.tom = profileOf(`Tom ${word}`);
  talk.profiles.guest = profileOf(`Gus ${word}`, { standing: 'guest' });
  talk.profiles.visitor = profileOf(`Val ${word}`, { standing: 'visitor' });
  talk.profiles.stranger = profileOf(`Sid ${word}`, { standing: 'owner' });
  return { word, talk, elsewhere: '' };
}

/** The speaker's profile, and Tom's, who is mentioned. A stranger speaks here from the other workspace. */
function invocationBy(who: Speaker, { talk, elsewhere }: Side, key: string) {
  const { workspace, profiles, id } = talk;
  return {
    actor: {
      platform: 'test',
      workspace: who === 'stranger' ? elsewhere : workspace,
      user: who,
    },
    place: { platform: 'test', workspace, channel: 'C', direct: false },
    profiles: Object.fromEntries(
      [who, 'tom'].flatMap((u) => (profiles[u] ? [[u, profiles[u]]] : [])),
    ),
    partnership: id,
    key,
  } satisfies Partial<Invocation>;
}

async function completionsIn(bot: Bot, { talk }: Side): Promise<string> {
  const actor = { platform: 'test', workspace: talk.workspace, user: 'grace' };
  const typist = { partnership: talk.id, actor, profile: talk.profiles.grace };
  const asked = { ...typist, typed: '', limit: 50 };
  return JSON.stringify([
    await bot.complete('log ', typist),
    await bot.choices({ ...asked, command: 'log', arg: 'with' }),
    await bot.choices({ ...asked, command: 'log', arg: 'who' }),
  ]).toLowerCase();
}

it('nobody sees anything of another workspace, and guests, visitors and strangers see nothing at all', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 25 }), async (steps) => {
      const [alder, birch] = [await newSide('alder'), await newSide('birch')];
      alder.elsewhere = birch.talk.workspace;
      birch.elsewhere = alder.talk.workspace;
      const sides = [alder, birch];
      // One process with its caches serves both.
      const { bot } = alder.talk;
      const pressed: Button[] = [{ label: 'Help', command: 'help', args: {} }];
      const first = [0, 1].map((side) => ({
        side,
        who: 'grace' as const,
        what: lines[0] as string,
      }));
      for (const [index, { side, who, what }] of [...first, ...steps].entries()) {
        const here = sides[side] as Side;
        const other = sides[1 - side] as Side;
        // Buttons of both sides are pressed. Their words would belong to this side once they are typed here.
        const theirs = pressed.filter(
          (b) => !JSON.stringify(b.args).toLowerCase().includes(other.word),
        );
        const said =
          typeof what === 'number'
            ? (theirs[what % theirs.length] as Button)
            : bot.parseLine(what.replaceAll('alder', here.word).replaceAll('Alder', here.word));
        const { command, args } = said;
        const by = invocationBy(who, here, `${here.talk.id}/${index}`);
        const answer = await bot.handle({ command, args, ...by });
        const told = JSON.stringify(answer).toLowerCase();
        expect(told, `${who}: ${command}`).not.toContain(other.word);
        if (who !== 'grace' && who !== 'tom') {
          expect(told, `${who}: ${command}`).not.toContain(here.word);
          expect(answer).toMatchObject({ audience: 'actor' });
          const offered = buttonsOf(answer.reply).map(({ label }) => label);
          expect(who === 'visitor' ? ['', 'Ask to be let in'] : ['']).toContain(offered.join());
        }
        pressed.push(...buttonsOf(answer.reply));
      }
      for (const [index, side] of sides.entries()) {
        const offered = await completionsIn(bot, side);
        expect(offered).toContain(side.word);
        expect(offered).not.toContain(words[1 - index]);
      }
      expect([...alder.talk.errors, ...birch.talk.errors]).toEqual([]);
    }),
    { numRuns: runs(6) },
  );
});
