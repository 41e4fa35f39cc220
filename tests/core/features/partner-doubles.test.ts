import { describe, expect, it } from 'vitest';
import { partners } from '../../../src/core/domain/partners/partner.ts';
import { partnerships } from '../../../src/core/domain/partnerships/partnership.ts';
import {
  newRetentionSchedule,
  retentionSchedules,
} from '../../../src/core/domain/retention/schedule.ts';
import { newTalk, type Talk } from '../../fixtures/bot.ts';
import { whileCommitting } from '../../fixtures/while-committing.ts';
import { newWorker } from '../../fixtures/worker.ts';

/** Two partners of nearly the same name. */
async function withAlike(): Promise<Talk> {
  const talk = await newTalk();
  await talk.say('grace', 'partner add "Hull Foodbank"');
  const asked = await talk.say('grace', 'partner add "Hull Food Bank"');
  await talk.press('grace', 'No, add it', asked);
  talk.clock.move({ minutes: 1 });
  return talk;
}

describe('partner merge', () => {
  it.each([
    ['hull truck into groundwork', 'Hull Truck into Groundwork'],
    ['Hull Truck INTO Groundwork', 'Hull Truck into Groundwork'],
    ['"hull truck" into "groundwork"', 'Hull Truck into Groundwork'],
    ['groundwork into into work', 'Groundwork into Into Work'],
    ['into work into groundwork', 'Into Work into Groundwork'],
    ['into work into: groundwork', 'Into Work into Groundwork'],
    ['hull truck and groundwork', 'Hull Truck into Groundwork'],
    ['hull truck with groundwork', 'Hull Truck into Groundwork'],
    ['bread & butter and groundwork', 'Bread & Butter into Groundwork'],
  ])('%s is read without a colon', async (typed, shown) => {
    const talk = await newTalk();
    for (const name of ['Hull Truck', 'Groundwork', 'Into Work', 'Bread & Butter'])
      await talk.say('grace', `partner add "${name}"`);
    for (const start of ['partner merge', 'merge']) {
      const said = await talk.say('tom', `${start} ${typed}`);
      expect(said.text).toContain(`Shall I merge ${shown}?`);
    }
  });

  it('ends a request to lead one, if who was asked leads the other', async () => {
    const talk = await withAlike();
    await talk.say('grace', 'partner edit "hull food bank" lead:@Maya');
    await talk.say('tom', 'partner edit "hull foodbank" lead:@Maya');
    await talk.say('grace', 'partner merge "hull food bank" into "hull foodbank" sure:yes');
    const merged = await talk.say('grace', 'partner show hull foodbank');
    expect(merged.text).toContain('Maya leads · in touch');
    await talk.say('grace', 'partner unmerge hull food bank');
    const apart = await talk.say('grace', 'partner show "hull foodbank"');
    expect(apart.text).toContain('nobody leads, Maya was asked to');
  });

  it('says whose name is in the way, with a button to change it', async () => {
    const talk = await withAlike();
    await talk.say('grace', 'partner merge "hull food bank" into "hull foodbank" sure:yes');
    await talk.say('grace', 'partner edit "hull foodbank" name:"Hull Food Bank"');
    const kept = await talk.say('grace', 'partner unmerge "hull food bank"');
    expect(kept.text).toContain('Both would be called Hull Food Bank.');
    expect((await talk.press('grace', 'Change', kept)).form?.title).toBe('Change a partner');
    await talk.say('grace', 'partner edit "hull food bank" name:"Hull Foodbank"');
    await talk.say('grace', 'partner edit "hull foodbank" aliases:none');
    const added = await talk.say('grace', 'partner add "Hull Food Bank"');
    await talk.press('grace', 'No, add it', added);
    const other = await talk.say('grace', 'partner unmerge hull foodbank');
    expect(other.text).toContain('Another partner has the name Hull Food Bank by now.');
    const restored = await talk.say('grace', 'partner restore "hull food bank"');
    expect(restored.text).toBe('Hull Food Bank is not in the archive: it is in the register.');
  });

  it('is not offered to be taken apart when that is too late', async () => {
    const talk = await withAlike();
    await talk.say('grace', 'partner merge "hull food bank" into "hull foodbank" sure:yes');
    talk.clock.move({ days: 8 });
    const { buttons } = await talk.say('grace', 'partner restore "hull food bank"');
    expect(buttons).toEqual(['Show Hull Foodbank', 'Cancel']);
  });
});

describe('two partners of nearly the same name', () => {
  it('are asked about until somebody says that they are two', async () => {
    const talk = await withAlike();
    const shown = await talk.say('tom', 'partner show hull foodbank');
    expect(shown.text).toContain('Is Hull Food Bank the same partner?');
    const said = await talk.press('tom', 'They are two', shown);
    expect(said.text).toBe(
      "Good to know: Hull Foodbank and Hull Food Bank are two partners. I won't ask about them again.",
    );
    for (const name of ['Hull Foodbank', 'Hull Food Bank'])
      expect((await talk.say('grace', `partner show "${name}"`)).text).not.toContain('the same');
    const undone = await talk.press('tom', 'Undo', said);
    expect(undone.text).toContain('I may ask about Hull Foodbank again');
    expect((await talk.say('grace', 'partner show "Hull Foodbank"')).text).toContain('the same');
  });

  it('are asked about again only with a third one', async () => {
    const talk = await withAlike();
    await talk.say('tom', 'partner different hull foodbank from hull food bank');
    const third = await talk.say('tom', 'partner add "The Hull Foodbank Trust"');
    await talk.press('tom', 'No, add it', third);
    expect((await talk.say('tom', 'partner show "Hull Foodbank"')).text).toContain(
      'Is The Hull Foodbank Trust the same partner?',
    );
  });

  it('can be merged where one is to get the name of the other', async () => {
    const talk = await newTalk();
    await talk.say('grace', 'partner add "Hull Truck"');
    await talk.say('grace', 'partner add "Groundwork" aliases:GW');
    for (const name of ['GW', 'Groundworks']) {
      const asked = await talk.say('tom', `partner edit hull truck name:"${name}"`);
      expect((await talk.press('tom', 'Merge them…', asked)).text).toContain(
        'Shall I merge Hull Truck into Groundwork?',
      );
      const member = await talk.say('maya', `partner edit hull truck name:"${name}"`);
      expect(member.buttons).not.toContain('Merge them…');
    }
    const added = await talk.say('tom', 'partner add GW');
    expect(added.buttons).not.toContain('Merge them…');
  });

  it('can be merged where a list says that they are one', async () => {
    const talk = await newTalk();
    await talk.say('grace', 'partner add "Hull Truck"');
    await talk.say('grace', 'partner add "Spring Street Theatre"');
    const list = 'name,aliases\nHull Truck,Spring Street Theatre\nElm House,';
    const { form } = await talk.say('tom', 'partner import');
    const said = await talk.submit('tom', form, { file: list });
    expect(said.text).toContain(
      'Hull Truck and Spring Street Theatre are one in the file, and two here.',
    );
    expect((await talk.press('tom', 'Merge them…', said)).text).toContain(
      'Shall I merge Spring Street Theatre into Hull Truck?',
    );
    await talk.press('tom', 'They are two', said);
    const again = await talk.submit('tom', (await talk.say('tom', 'partner import')).form, {
      file: list,
    });
    expect(again.text).not.toContain('two here');
  });
});

describe('what is kept with a merged partner', () => {
  it('the day of its notes is as it was when the two are taken apart', async () => {
    const talk = await withAlike();
    await talk.say('grace', 'keep "hull food bank" until:"1 Jan 2036" reason:"the lease"');
    await talk.say('grace', 'keep "hull foodbank" until:"1 Jan 2034" reason:"the will"');
    await talk.say('grace', 'partner merge "hull food bank" into:"hull foodbank" sure:yes');
    expect((await talk.say('grace', 'keep list')).text).toContain(
      'Hull Foodbank: kept until Tue 1 Jan 2036: the lease',
    );
    await talk.say('grace', 'partner unmerge hull food bank');
    const { text } = await talk.say('grace', 'keep list');
    expect(text).toContain('Hull Foodbank: kept until Sun 1 Jan 2034: the will');
    expect(text).toContain('Hull Food Bank: kept until Tue 1 Jan 2036: the lease');
  });

  it('a day that was set meanwhile stays, and so does that of another merged partner', async () => {
    const talk = await withAlike();
    await talk.say('grace', 'partner add "Elm House"');
    await talk.say('grace', 'keep "hull food bank" until:"1 Jan 2036" reason:"the lease"');
    await talk.say('grace', 'keep "elm house" until:"1 Jan 2035" reason:"the roof"');
    for (const name of ['elm house', 'hull food bank'])
      await talk.say('grace', `partner merge "${name}" into:"hull foodbank" sure:yes`);
    await talk.say('grace', 'partner unmerge "hull food bank"');
    expect((await talk.say('grace', 'keep list')).text).toContain(
      'Hull Foodbank: kept until Mon 1 Jan 2035: the roof',
    );
    await talk.say('grace', 'keep "hull foodbank" until:"1 Jan 2037" reason:"the fair"');
    await talk.say('grace', 'partner unmerge "elm house"');
    expect((await talk.say('grace', 'keep list')).text).toContain(
      'Hull Foodbank: kept until Thu 1 Jan 2037: the fair',
    );
  });

  it('its lead is forgotten once the two can no longer be taken apart', async () => {
    const talk = await withAlike();
    await talk.say('grace', 'partner edit "hull food bank" lead:@Tom');
    await talk.say('grace', 'partner edit "hull foodbank" lead:@Grace');
    await talk.say('grace', 'partner merge "hull food bank" into:"hull foodbank" sure:yes');
    const partnership = await talk.store.of(partnerships).get(talk.id);
    if (!partnership) throw new Error('There is no partnership.');
    await talk.store
      .of(retentionSchedules)
      .insert(newRetentionSchedule(partnership, talk.clock.now()));
    const worker = await newWorker(talk);
    const tom = (await talk.member('tom')).id;
    const led = () =>
      talk.store
        .of(partners)
        .find({ index: 'byLead', where: { archived: [true, false], lead: tom } }, 5);
    await worker.until('2026-11-24T12:00:00Z');
    expect((await led()).rows).toHaveLength(1);
    await worker.until('2026-11-27T12:00:00Z');
    expect((await led()).rows).toEqual([]);
    expect(worker.errors).toEqual([]);
  });
});

it('a command that runs again knows the names of then', async () => {
  const talk = await withAlike();
  whileCommitting(talk, partners, () =>
    talk.say('grace', 'partner merge "hull food bank" into:"hull foodbank" sure:yes'),
  );
  const noted = await talk.say('tom', 'log "hull food bank" they rang about the van');
  expect(noted.text).toContain('Hull Foodbank');
  expect(noted.text).not.toContain('Hull Food Bank');
  expect((await talk.say('tom', 'partner show "hull foodbank"')).text).toContain('the van');
  expect(talk.errors).toEqual([]);
});

it('a promise that was found has the day on which it was noted here', async () => {
  const talk = await newTalk();
  talk.clock.set('2027-06-20T23:30:00.000Z');
  await talk.say('tom', 'followup add "paint the gazebo" by:friday');
  expect((await talk.say('tom', 'find gazebo')).text).toContain('Mon 21 Jun');
});

it.each([
  'followup ask tom ring the hall',
  'followup ask @Tom ring the hall',
  'followup ask tom to ring the hall',
  'followup ask ring the hall who:@Tom',
])('%s asks Tom', async (line) => {
  const talk = await newTalk();
  await talk.say('maya', 'followup add "ring the hall" by:friday');
  expect((await talk.say('maya', line)).text).toContain("I'm asking Tom: ring the hall.");
});

it('a follow-up whose title begins like a name is found by its words', async () => {
  const talk = await newTalk();
  await talk.say('maya', 'followup add "garden plan" by:friday');
  expect((await talk.say('maya', 'followup ask garden plan')).text).not.toContain('garden"');
});
