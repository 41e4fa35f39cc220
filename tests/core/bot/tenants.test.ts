import { expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { contacts } from '../../../src/core/domain/contacts/contact.ts';
import { followups } from '../../../src/core/domain/followups/followup.ts';
import { partners } from '../../../src/core/domain/partners/partner.ts';
import { memberId, newTalk } from '../../fixtures/bot.ts';

it('another partnership’s ids are simply not found, on buttons, in forms and in text', async () => {
  const [ours, theirs] = [await newTalk(), await newTalk()];
  await theirs.say('grace', 'partner add "Oakfield School"');
  const logged = await theirs.say(
    'tom',
    'log oakfield school secret talk next:"send it" by:friday',
  );
  const [partner] = await collect(theirs.store.of(partners).all({ index: 'byKey' }));
  const [followup] = await collect(theirs.store.of(followups).all({ index: 'byDueDay' }));
  const [contact] = await collect(theirs.store.of(contacts).all({ index: 'byLogged' }));
  const undo = logged.reply.card
    ?.flatMap((block) => ('buttons' in block ? block.buttons : []))
    .at(-1);
  if (!partner || !followup || !contact || !undo) throw new Error('Something was not written.');

  const tries: [string, Record<string, string>][] = [
    ['log', { with: `#${partner.id}`, note: 'stolen' }],
    ['partner show', { with: `#${partner.id}` }],
    ['partner edit', { with: `#${partner.id}`, sector: 'stolen' }],
    ['partner archive', { with: `#${partner.id}` }],
    ['followup done', { which: `#${followup.id}` }],
    ['followup later', { which: `#${followup.id}`, by: 'tomorrow' }],
    ['followup ask', { which: `#${followup.id}`, who: `#${memberId(theirs.id, 'tom')}` }],
    ['log change', { which: `#${contact.id}`, note: 'stolen' }],
    ['log remove', { which: `#${contact.id}`, confirmed: 'yes' }],
    [undo.command, { ...undo.args }],
  ];
  for (const [command, args] of tries) {
    const said = await ours.invoke('grace', command, args);
    expect(said.text, command).not.toMatch(/Oakfield|secret|send it/);
  }
  expect(await theirs.store.of(partners).get(partner.id)).toEqual(partner);
  expect(await theirs.store.of(followups).get(followup.id)).toEqual(followup);
  expect(await theirs.store.of(contacts).get(contact.id)).toEqual(contact);
  expect(ours.errors).toEqual([]);
});
