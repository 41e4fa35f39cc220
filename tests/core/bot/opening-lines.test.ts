import { beforeAll, expect, it } from 'vitest';
import { buttonsOf } from '../../../src/core/message/reply.ts';
import { newTalk, type Said, type Talk, type Who } from '../../fixtures/bot.ts';
import { phoneLines } from './phone-lines.ts';

// What people type who have never seen a command. Each line with the command it means, and what the answer says when it
// was understood at once. A button of that command in the answer counts as one press.

const help = /keep track of who you talk with/;
const today = /Your brief, with everything that is yours/;
const noted = /Noted, thanks\. The Shores Centre/;
const toDo = /(?:Yours to do|They promised): /;
const story = /The Shores Centre · /;
const quiet = /gone quiet|I can't tell for/;
const people = /Grace coordinates here/;

const lines: readonly (readonly [line: string, command: string, says: RegExp])[] = [
  ['hello', 'help', help],
  ['Hi there!', 'help', help],
  ['Good morning', 'help', help],
  ['hey convenor', 'help', help],
  ['?', 'help', help],
  ['what can you do?', 'help', help],
  ['how does this work', 'help', help],
  ["what's this?", 'help', help],
  ['what do I type', 'help', help],
  ['can you help', 'help', help],
  ['who are you', 'help', help],
  ['where do i start', 'help', help],
  ['test', 'help', help],
  ['help!', 'help', help],
  ['show me the commands', 'help', help],
  ['thanks', 'small talk', /welcome/],
  ['Thank you so much', 'small talk', /welcome/],
  ['great, thanks', 'small talk', /welcome/],
  ['brilliant', 'small talk', /welcome/],
  ['ok', 'small talk', /Good\./],
  ['ta very much', 'small talk', /welcome/],
  ['cheers mate', 'small talk', /welcome/],
  ['👍', 'small talk', /welcome/],
  ['sorry', 'small talk', /No harm/],
  ['how are you?', 'small talk', /I'm well/],
  ['bye', 'small talk', /Bye/],
  ['what do I have to do today?', 'today', today],
  ["what's on my list", 'today', today],
  ['what have I got on this week', 'today', today],
  ['anything I need to do?', 'today', today],
  ['to do', 'today', today],
  ['my tasks please', 'today', today],
  ['show me my jobs', 'today', today],
  ["what's next?", 'today', today],
  ['what did I say I would do', 'today', today],
  ["what's due", 'today', today],
  ["what's overdue?", 'followup list', /late|open/],
  ['reminders', 'followup list', /follow-up/],
  ['who promised us something', 'followup list', /promised us/],
  ['remind me to ring the school tomorrow at 3', 'followup add', toDo],
  ['Can you remind me to send the minutes on friday', 'followup add', toDo],
  ['reminder: book the hall', 'followup add', toDo],
  ['I need to email the council by thursday', 'followup add', toDo],
  ["don't forget to buy biscuits", 'followup add', toDo],
  ['I said I would send Jane the plan', 'followup add', toDo],
  ['must ring the housing people next week', 'followup add', toDo],
  ['ring the doctors about the leaflets tomorrow', 'followup add', toDo],
  ['send the poster to the printers', 'followup add', toDo],
  ['chase the grant form', 'followup add', toDo],
  ['add a task: tidy the shed', 'followup add', toDo],
  ['we should write to our MP', 'followup add', toDo],
  ['email Pat the photos', 'followup add', toDo],
  ['meeting with the trust on tuesday at 10', 'followup add', toDo],
  ['they promised to send us the keys by monday', 'followup add', /They promised/],
  ['Spoke to the Shores Centre today', 'log', noted],
  ['I met the shores centre yesterday about the fair', 'log', noted],
  ['rang the shores centre, no answer', 'log', noted],
  ['just had a call with the Shores Centre', 'log', noted],
  ['emailed the shores centre about the lease', 'log', noted],
  ['The Shores Centre rang about the keys', 'log', noted],
  ['had coffee with the shores centre this morning', 'log', noted],
  ['tried to ring the shores centre', 'log', noted],
  ["I've spoken to the shores centre", 'log', noted],
  ['left a message for the shores centre', 'log', noted],
  ['visited the shores centre last friday', 'log', noted],
  ['heard from the shores centre about funding', 'log', noted],
  ['went to the shores centre for the open day', 'log', noted],
  ['had a really good chat with the shores centre', 'log', noted],
  ['note: the shores centre has a new manager', 'log', noted],
  ['Jane from the shores centre called', 'log', noted],
  ['met Jane at the shores centre', 'log', noted],
  ['shores centre', 'partner show', story],
  ['show shores centre', 'partner show', story],
  ['tell me about the shores centre', 'partner show', story],
  ['what do we know about the shores centre?', 'partner show', story],
  ['when did we last speak to the shores centre?', 'partner show', story],
  ['who knows the shores centre?', 'partner show', story],
  ['has anyone spoken to the shores centre lately?', 'partner show', story],
  ['find the shores centre', 'partner show', story],
  ['partners', 'partner list', /in the register/],
  ['who do we work with?', 'partner list', /in the register/],
  ['list all our partners', 'partner list', /in the register/],
  ['show me everyone we talk to', 'partner list', /in the register/],
  ['add a new partner', 'partner add', /partner/],
  ['I want to add an organisation', 'partner add', /What.*partner/],
  ['who has gone quiet?', 'quiet', quiet],
  ["who haven't we spoken to for a while", 'quiet', quiet],
  ['who should I ring?', 'quiet', quiet],
  ['who have we lost touch with', 'quiet', quiet],
  ['stop', 'fewer', /What would help/],
  ['unsubscribe', 'fewer', /What would help/],
  ['too many messages!', 'fewer', /What would help/],
  ['please stop messaging me', 'fewer', /What would help/],
  ["I'm on holiday next week", 'fewer', /What would help/],
  ['forget it', 'cancel', /Nothing has changed/],
  ['never mind', 'cancel', /Nothing has changed/],
  ['oops, that was wrong', 'undo', /undo/],
  ['help me', 'help me', people],
  ["I'm stuck", 'help me', people],
  ['can I talk to a person?', 'help me', people],
  ['who do I ask if I have a problem?', 'help me', people],
];

let talk: Talk;

beforeAll(async () => {
  talk = await newTalk();
  for (const name of ['The Shores Centre', 'Groundwork UK', 'Withernsea High School'])
    await talk.say('grace', `partner add "${name}"`);
});

type OpeningLine = readonly [line: string, command: string, says: RegExp, who?: Who];

const allWords = ({ text, form }: Said) => `${text}\n${form?.title ?? ''}`;

it.each<readonly [name: string, lines: readonly OpeningLine[], maxNotUnderstood: number]>([
  ['of residents', lines, 1],
  [
    'on a phone',
    phoneLines.map(([who, line, command, says]) => [line, command, says, who] as const),
    2,
  ],
])('lines %s lead to what was meant, within one press', async (name, given, maxNotUnderstood) => {
  const results: { line: string; how: string; text?: string }[] = [];
  for (const [line, command, says, who = 'maya'] of given) {
    // So that it is no answer to the question before it.
    await talk.say(who, 'forget it');
    const said = await talk.say(who, line);
    const isForm = said.form?.command === command;
    const offers = buttonsOf(said.reply).some((button) => button.command === command);
    const isAtOnce = isForm || says.test(allWords(said));
    const how = isAtOnce ? 'at once' : offers ? 'one press' : 'not understood';
    results.push({ line, how, text: `${said.text} [${said.buttons.join('] [')}]` });
  }
  const of = (how: string) => results.filter((result) => result.how === how);
  console.log(
    `Of ${results.length} opening lines ${name}: ${of('at once').length} at once, ${of('one press').length} with one press, ${of('not understood').length} not understood.`,
  );
  for (const { line, text } of of('not understood')) console.log(`- ${line}: ${text}`);
  expect(of('not understood').length).toBeLessThanOrEqual(maxNotUnderstood);
  expect(talk.errors).toEqual([]);
});
