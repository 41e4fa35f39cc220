import fc from 'fast-check';
import { expect, it } from 'vitest';
import { collect } from '../../src/core/async/collect.ts';
import { contacts } from '../../src/core/domain/contacts/contact.ts';
import { type Followup, followups } from '../../src/core/domain/followups/followup.ts';
import { handovers } from '../../src/core/domain/handover/handover.ts';
import { type Partner, partners } from '../../src/core/domain/partners/partner.ts';
import { memberId, newTalk, type Talk, type Who } from '../fixtures/bot.ts';
import { runs, seed } from '../fixtures/proof.ts';

const people = ['maya', 'tom', 'grace'] as const;
const person = fc.constantFrom(...people);
const others = fc.constantFrom('@Maya', '@Tom', '@Grace', 'none');
const part = fc.constantFrom('', ' with:"Oakfield School"', ' kind:"grant funding"');

/** One step: a line that somebody types, or an answer to a request. */
const step = fc.oneof(
  fc.record({ do: fc.constant('handover' as const), who: person, from: person, to: others, part }),
  fc.record({ do: fc.constant('hand back' as const), who: person }),
  fc.record({ do: fc.constant('left' as const), who: person, to: others }),
  fc.record({ do: fc.constant('accept' as const), who: person, from: person }),
  fc.record({ do: fc.constant('decline' as const), who: person, from: person }),
  fc.record({ do: fc.constant('accept one' as const), who: person, index: fc.nat(5) }),
  fc.record({ do: fc.constant('decline one' as const), who: person, index: fc.nat(5) }),
  fc.record({ do: fc.constant('done' as const), who: person, index: fc.nat(5) }),
  fc.record({ do: fc.constant('undo' as const), who: person, index: fc.nat(5) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface State {
  promises: Followup[];
  led: Partner[];
  contacts: number;
}

async function read({ store }: Talk): Promise<State> {
  return {
    promises: await collect(store.of(followups).all({ index: 'byDueDay' })),
    led: await collect(store.of(partners).all({ index: 'byKey' })),
    contacts: (await collect(store.of(contacts).all({ index: 'byId' }))).length,
  };
}

async function newSetting(): Promise<Talk> {
  const talk = await newTalk();
  await talk.say('tom', 'partner add "Oakfield School" lead:me');
  await talk.say('maya', 'partner add "Local Trust" kinds:"grant funding" lead:me');
  await talk.say('tom', 'log oakfield school met the head');
  await talk.say('tom', 'log private oakfield school they worry next:"ask the head" by:"18 Dec"');
  await talk.say('tom', 'followup add send the plan with:"Oakfield School" by:"18 Dec"');
  await talk.say('maya', 'followup add report spending with:"Local Trust" by:"18 Dec"');
  await talk.say('grace', 'followup add bring the cake by:"18 Dec" who:@Tom');
  await talk.say('tom', 'followup add water the beds repeat:"every monday"');
  return talk;
}

const at = <T>(rows: readonly T[], index: number): T | undefined => rows[index % rows.length];

async function take(talk: Talk, one: Step, before: State): Promise<void> {
  const id = (who: Who) => memberId(talk.id, who);
  if (one.do === 'handover')
    await talk.say(one.who, `handover @${one.from} to:${one.to}${one.part} sure:yes`);
  if (one.do === 'hand back') await talk.say(one.who, 'hand back sure:yes');
  if (one.do === 'left') await talk.say('grace', `member left @${one.who} to:${one.to}`);
  if (one.do === 'accept' || one.do === 'decline')
    await talk.invoke(one.who, `handover ${one.do}`, { from: `#${id(one.from)}` });
  if (one.do === 'accept one' || one.do === 'decline one') {
    const verb = one.do.split(' ')[0];
    const row = at(
      before.promises.filter(({ state, asked }) => state === 'open' && asked === id(one.who)),
      one.index,
    );
    if (row) await talk.invoke(one.who, `followup ${verb}`, { which: `#${row.id}` });
    else {
      const led = before.led.find(({ leadAsked }) => leadAsked === id(one.who));
      if (led) await talk.invoke(one.who, `lead ${verb}`, { which: `#${led.id}` });
    }
  }
  if (one.do === 'done') {
    const row = at(
      before.promises.filter(({ state, who }) => state === 'open' && who === id(one.who)),
      one.index,
    );
    if (row) await talk.invoke(one.who, 'followup done', { which: `#${row.id}` });
  }
  if (one.do === 'undo') {
    const row = at(await collect(talk.store.of(handovers).all({ index: 'byStart' })), one.index);
    if (row) await talk.invoke(one.who, 'handover undo', { which: `#${row.id}` });
  }
}

it('handovers and their undo lose nothing, and nobody gets what they did not take on', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      const talk = await newSetting();
      const begin = await read(talk);
      const had = new Set<string>();
      const remember = ({ promises, led }: State) => {
        for (const { title, who } of promises) had.add(`${title} ${who}`);
        for (const { name, lead } of led) had.add(`${name} ${lead}`);
      };
      const isFormer = (what: string, who: string) => had.has(`${what} ${who}`);
      remember(begin);
      for (const one of steps) {
        const before = await read(talk);
        const actor = one.do === 'left' ? 'grace' : one.who;
        await take(talk, one, before);
        const after = await read(talk);
        expect(after.contacts).toBe(begin.contacts);
        // A row is never gone, and only "done" closes one.
        for (const was of before.promises) {
          const is = after.promises.find(({ id }) => id === was.id);
          expect(is, was.title).toBeDefined();
          if (one.do !== 'done') expect(is?.state, was.title).toBe(was.state);
          if (is?.who && is.who !== was.who) {
            // By a yes of their own, by taking it on themselves, or by an undo to who had it before.
            const isOwn = is.who === memberId(talk.id, actor);
            expect(isOwn || (one.do === 'undo' && isFormer(is.title, is.who)), was.title).toBe(
              true,
            );
          }
        }
        for (const was of before.led) {
          const is = after.led.find(({ id }) => id === was.id);
          if (!is?.lead || is.lead === was.lead) continue;
          const isOwn = is.lead === memberId(talk.id, actor);
          expect(isOwn || (one.do === 'undo' && isFormer(is.name, is.lead)), was.name).toBe(true);
        }
        remember(after);
        // What is with nobody reaches the coordinators.
        for (const row of after.promises)
          if (row.state === 'open' && row.who === null)
            expect(row.escalateOn, row.title).not.toBeNull();
        expect(talk.errors).toEqual([]);
      }
    }),
    { numRuns: runs(25), seed },
  );
}, 600_000);
