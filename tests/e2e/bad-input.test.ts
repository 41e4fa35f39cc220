import { afterAll, beforeAll, expect, it } from 'vitest';
import { startFreshTry, type TryProcess } from '../fixtures/try-process.ts';

let convenor: TryProcess;

beforeAll(async () => {
  convenor = await startFreshTry();
});
afterAll(async () => {
  await convenor?.stop();
});

/** The open follow-ups and the notes of a partner. When they stay the same, nothing was written. */
async function everything(): Promise<string> {
  const shown = await convenor.say('tom', 'partner show groundwork');
  const open = await convenor.say('tom', 'followup list everyone');
  const listed = await convenor.say('tom', 'partner list');
  return [shown, open, listed].map(({ text }) => text).join('\n');
}

const FIFTY_THOUSAND = 'a'.repeat(50_000);

it.each([
  ['an unknown command: the nearest is offered', 'lgo groundwork met', /Did you mean log/],
  ['nothing like a command', 'qwertyuiop', /Type help/],
  [
    'a date that does not parse: what would is said',
    'log groundwork met next:"send it" by:blursday',
    /blursday.*Try/s,
  ],
  [
    'a follow-up in the past',
    'log groundwork met next:"send it" by:"1 January 2026"',
    /is in the past/,
  ],
  ['an ambiguous partner: it asks', 'log withernsea met them', /Which/],
  ['50,000 characters', `log groundwork ${FIFTY_THOUSAND}`, /characters/],
  ['a command of 50,000 characters', FIFTY_THOUSAND, /don't know/],
  ['an empty value', 'log groundwork met by:', /by/],
  ['a value twice', 'log groundwork met how:call how:email', /how/],
  [
    'a wrong choice: the right ones are said',
    'log groundwork met how:pigeon',
    /meeting, call, email/,
  ],
  ['a number that is none', 'followup list page:many', /many/],
  ['a worker’s command by a member', 'settings name:Mine', /only a coordinator/],
])('%s gets a clear sentence, and nothing is written', async (_name, line, sentence) => {
  const before = await everything();
  const answer = await convenor.say('maya', line);
  expect(answer.text).toMatch(sentence);
  expect(answer.text.length).toBeLessThan(1_500);
  expect(await everything()).toBe(before);
});

it('a digest cannot go to a direct message, and Convenor says what to do', async () => {
  const answer = await convenor.say('grace', 'digest schedule channel:here');
  expect(answer.text).toMatch(/This is a direct message\. Say that in the channel you mean/);
});

it.each([
  ['emoji', '🎉 party 👩‍👩‍👧‍👦'],
  ['right-to-left text', 'פגישה על הגינה'],
  ['an order mark', 'abc \u202e def'],
  ['@everyone', 'told @everyone about it'],
  ['<!channel>', 'told <!channel> about it'],
  ['asterisks', '*bold* _it_ **no** `code` ~~x~~'],
  ['HTML', '<img src=x onerror=alert(1)><b>x</b>'],
  ['a filter', '{"$ne": null}'],
])('%s in a note is kept as it was typed', async (_name, note) => {
  const answer = await convenor.say('tom', `log groundwork ${note}`);
  expect(answer.text).toContain(`– ${note}.`);
});

it('NUL bytes are left out, the rest is kept', async () => {
  const answer = await convenor.say('tom', 'log groundwork be\u0000fore');
  expect(answer.text).toContain('– before.');
});

it.each([
  ['malformed JSON', '{"as":"tom",', 400],
  ['an empty text', { as: 'tom', place: 'dm', text: '' }, 400],
  ['nobody of that name', { as: 'nobody', place: 'dm', text: 'help' }, 404],
  ['no such place', { as: 'tom', place: 'nowhere', text: 'help' }, 404],
  ['a number for a text', { as: 'tom', place: 'dm', text: 7 }, 400],
  ['a list', [1, 2], 400],
])('%s sent to the interface gets a sentence', async (_name, body, status) => {
  const answer = await convenor.post('say', body);
  expect(answer.status).toBe(status);
  expect(answer.body.error).toMatch(/[.!]$/);
});

it.each(['', 'soon', '-1d', '0d', '99999999w', '1d; drop', 'P-1D'])(
  'the clock does not move by %j, and says what it accepts',
  async (advance) => {
    const answer = await convenor.post('clock', { advance });
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatch(/[.!]$/);
  },
);

it('a button that is pressed twice acts once', async () => {
  const question = await convenor.say('tom', 'log withernsea met them about the pressed button');
  await convenor.press('tom', question, 'Withernsea High School');
  const again = await convenor
    .press('tom', question, 'Withernsea High School')
    .catch(() => undefined);
  if (again?.text) expect(again.text).toMatch(/Noted|done already/);
  const story = await convenor.say('tom', 'partner show withernsea high school');
  expect(story.text.split('the pressed button')).toHaveLength(2);
});

it('nobody can press a button of a message that they do not see', async () => {
  const noted = await convenor.say('tom', 'followup add a private thing');
  const [change] = noted.reply.buttons;
  const answer = await convenor.post('press', { as: 'maya', button: change?.id });
  expect(answer.status).toBe(404);
  expect(answer.body.error).toContain('This button has expired');
});

it('a form sent after its partner was archived says so, and keeps the words', async () => {
  await convenor.say('grace', 'partner add "Shortlived Trust"');
  const story = await convenor.say('tom', 'partner show shortlived');
  const form = await convenor.press('tom', story, 'Log');
  expect(form.reply.form).toBeDefined();
  await convenor.say('grace', 'partner archive shortlived trust');
  const answer = await convenor.submit('tom', form, { note: 'what we talked about' });
  expect(answer.text).toMatch(/register|archived/);
  const note = answer.reply.form?.fields.find(({ name }) => name === 'note');
  expect(note?.value).toBe('what we talked about');
});

it('the page and the interface answer only to this machine’s name', async () => {
  const { port } = new URL(convenor.url);
  const response = await fetch(`http://127.0.0.1:${port}/playground/state`, {
    headers: { origin: 'http://evil.example' },
  });
  expect([200, 403]).toContain(response.status);
  const posted = await fetch(`http://127.0.0.1:${port}/playground/say`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'http://evil.example' },
    body: JSON.stringify({ as: 'tom', place: 'dm', text: 'help' }),
  });
  expect(posted.status).toBe(403);
});
