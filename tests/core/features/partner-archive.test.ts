import { describe, expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { partners } from '../../../src/core/domain/partners/partner.ts';
import { newTalk, type Talk } from '../../fixtures/bot.ts';

const only = async ({ store }: Talk) =>
  (await collect(store.of(partners).all({ index: 'byKey' })))[0];

async function withSchool(): Promise<Talk> {
  const talk = await newTalk();
  await talk.say('maya', 'partner add Oakfield School aliases:"Oaks, OS" sector:school lead:@Tom');
  return talk;
}

describe('partner archive and restore', () => {
  it('put a partner in the archive and bring it back', async () => {
    const talk = await withSchool();
    await talk.say('tom', 'log oaks when:2026-09-01 next:"send it" by:friday');
    expect((await talk.say('maya', 'partner archive oaks')).text).toContain('only a worker or');
    const said = await talk.say('tom', 'partner archive oaks');
    expect(said.text).toContain('1 follow-up is still open.');
    expect(await only(talk)).toMatchObject({ archived: true, quietOn: null, nudgeOn: null });
    expect((await talk.say('tom', 'partner list')).text).toContain('no partners yet');
    const add = await talk.say('tom', 'partner add Oaks');
    expect(add.text).toContain('in the archive already, as Oakfield School');
    const back = await talk.press('tom', 'Bring it back', add);
    expect(back.text).toContain('Oakfield School is back. Quiet since');
    expect(await only(talk)).toMatchObject({ archived: false, quietOn: '2026-10-13' });
  });

  it('can be undone', async () => {
    const talk = await withSchool();
    await talk.press('tom', 'Undo', await talk.say('tom', 'partner archive oaks'));
    expect(await only(talk)).toMatchObject({ archived: false });
    expect((await talk.say('tom', 'partner show oaks')).text).toContain('Oakfield School');
  });

  it('asks if the name is not exact', async () => {
    const talk = await withSchool();
    await talk.say('tom', 'partner archive oaks');
    const said = await talk.say('tom', 'partner restore oakfild');
    expect(said.buttons).toEqual(['Oakfield School', 'Cancel']);
    await talk.press('tom', 'Oakfield School', said);
    expect(await only(talk)).toMatchObject({ archived: false });
    expect((await talk.say('tom', 'partner restore oaks')).text).toContain('not in the archive');
    expect((await talk.say('tom', 'partner restore zebra')).text).toContain(`can't find "zebra"`);
  });
});
