import { expect, it } from 'vitest';
import { collect } from '../../src/core/async/collect.ts';
import { createBot } from '../../src/core/bot/bot.ts';
import { allCommands } from '../../src/core/bot/commands.ts';
import { followups } from '../../src/core/domain/followups/followup.ts';
import { identities } from '../../src/core/domain/identities/identity.ts';
import { members } from '../../src/core/domain/members/member.ts';
import { registerWorkspace, workspaces } from '../../src/core/domain/workspaces/workspace.ts';
import { updateWithRetry } from '../../src/core/ports/store.ts';
import { ChatPlatform } from '../doubles/chat-platform.ts';
import { newTalk, newWorkspace, profileOf, type Said, type Talk } from '../fixtures/bot.ts';
import { failAfterWrites } from '../fixtures/fail-after-writes.ts';
import { newWorker } from '../fixtures/worker.ts';

const silent = { info: () => {}, warn: () => {}, error: () => {} };
const codeIn = ({ text }: Said): string => /[A-Z0-9]{4}-[A-Z0-9]{4}/.exec(text)?.[0] ?? 'no code';

type At = { platform: string; workspace: string };

/** A user confirms a code, and the process dies before one of its writes. @returns whether it did. */
async function confirmAndDie(
  writes: number,
  { stores, clock, profiles }: Talk,
  confirmation: { at: At; who: string; command: string; code: string; partnership: string },
): Promise<boolean> {
  const { at, who, command, code, partnership } = confirmation;
  const cutting = failAfterWrites(stores, writes);
  const bot = createBot({
    stores: cutting,
    clock,
    commands: allCommands(),
    log: silent,
    wake: () => {},
  });
  await bot.handle({
    command,
    args: { code, sure: 'yes' },
    actor: { ...at, user: who },
    place: { ...at, channel: 'C', direct: true },
    profiles: profiles[who] ? { [who]: profiles[who] } : {},
    partnership,
    key: `dying-${writes}`,
  });
  return cutting.wasCut();
}

it('two members who are being linked become one, wherever the process died', async () => {
  let ended = false;
  for (let writes = 0; !ended; writes++) {
    const talk = await newTalk();
    talk.profiles.tom = profileOf('Tom');
    const at = { platform: 'server', workspace: `cut-${writes}` };
    const row = await registerWorkspace(talk.stores, { ...at, name: 'Friends' });
    await updateWithRetry(talk.stores.global(workspaces), row.id, (one) => ({
      ...one,
      partnership: talk.id,
    }));
    const server = talk.from(at);
    const worker = await newWorker(talk, new ChatPlatform(), [new ChatPlatform('server')]);
    await server.say('tom', 'followup add send the plan by:friday');
    const code = codeIn(await talk.say('tom', 'link'));
    const confirmation = { at, who: 'tom', command: 'link', code, partnership: talk.id };
    ended = !(await confirmAndDie(writes, talk, confirmation));
    // They repeat it, or not. Time goes on in either case.
    const answer =
      writes % 2 === 0 ? await server.invoke('tom', 'link', { code, sure: 'yes' }) : undefined;
    await worker.until('2026-11-18T10:02:00Z');

    const rows = await collect(talk.store.of(members).all({ index: 'byName' }));
    const toms = rows.filter(({ name, active }) => active && name === 'Tom');
    const [promise] = await collect(talk.store.of(followups).all({ index: 'byDueDay' }));
    expect(toms.map(({ id }) => id)).toContain(promise?.who);
    if (toms.length > 1) {
      // Nothing had begun, and nothing was repeated: the code still works.
      expect(answer).toBeUndefined();
      const later = await server.invoke('tom', 'link', { code, sure: 'yes' });
      expect(later.text, `${writes}`).toContain('Done: I now know you as one person');
    }
    for (const user of ['tom']) {
      const known = await collect(
        talk.stores
          .global(identities)
          .all({ index: 'byUser', where: { platform: 'server', user } }),
      );
      const here = known.filter(({ workspace }) => workspace === at.workspace);
      const [tom] = (await collect(talk.store.of(members).all({ index: 'byName' }))).filter(
        ({ name, active }) => active && name === 'Tom',
      );
      expect(here.map(({ member }) => member)).toEqual([tom?.id]);
    }
    expect((await server.say('tom', 'today')).text).toContain('send the plan');
    expect((await talk.say('tom', 'today')).text).toContain('send the plan');
    expect([...talk.errors, ...worker.errors]).toEqual([]);
  }
});

it('two workspaces that are being linked become one partnership, wherever the process died', async () => {
  let ended = false;
  for (let writes = 0; !ended; writes++) {
    const [ours, theirs] = [await newWorkspace('Ours'), await newWorkspace('Theirs')];
    ours.profiles.grace = profileOf('Grace', { standing: 'owner' });
    theirs.profiles.ada = profileOf('Ada', { standing: 'owner' });
    theirs.profiles.sam = profileOf('Sam');
    await ours.say('grace', 'partner add "Oakfield School"');
    await theirs.say('ada', 'digest schedule channel:<#C1>');
    await theirs.say('sam', 'me');
    const code = codeIn(await ours.say('grace', 'workspace link'));
    const at = { platform: 'test', workspace: theirs.workspace };
    const confirmation = {
      at,
      who: 'ada',
      command: 'workspace link',
      code,
      partnership: theirs.id,
    };
    ended = !(await confirmAndDie(writes, theirs, confirmation));
    const next = await theirs.say('sam', 'partner list');
    if (!next.text.includes('Oakfield School')) {
      const again = await theirs.invoke('ada', 'workspace link', { code, sure: 'yes' });
      expect(again.text, `${writes}`).toContain('Done: this workspace is part of Ours');
    }
    expect((await theirs.say('sam', 'partner list')).text).toContain('Oakfield School');
    const rows = await collect(ours.store.of(members).all({ index: 'byName' }));
    expect(rows.map(({ name }) => name)).toEqual(['Ada', 'Grace', 'Sam']);
    const left = await collect(theirs.store.of(members).all({ index: 'byName' }));
    expect(left).toEqual([]);
    expect([...ours.errors, ...theirs.errors]).toEqual([]);
  }
});
