import { expect, it } from 'vitest';
import { newTalk } from '../../fixtures/bot.ts';

const LONG = 'The Friends of the Old Library and the Riverside Gardens of Marfleet and Southcoates';

it('a name of any length is known without quotation marks, and none of it gets into the note', async () => {
  const talk = await newTalk();
  await talk.say('grace', `partner add "${LONG}"`);
  const noted = await talk.say('tom', `log ${LONG.toLowerCase()} met Jane about the lease`);
  expect(noted.text).toContain(`Noted, thanks. ${LONG}`);
  expect(noted.text).not.toContain('and Southcoates met');
  const story = await talk.say('tom', `partner show ${LONG}`);
  expect(story.text).toContain('met Jane about the lease');
  expect(story.text).not.toMatch(/southcoates met/i);
});

it('a new name of more than ten words is offered whole', async () => {
  const talk = await newTalk();
  const asked = await talk.say('tom', `log ${LONG} met Jane about the lease`);
  expect(asked.buttons.some((label) => label.includes('Add'))).toBe(true);
  const noted = await talk.press('tom', 'Add', asked);
  expect(noted.text).toContain(`Noted, thanks. ${LONG}`);
  expect(noted.text).not.toContain('Southcoates met');
});
