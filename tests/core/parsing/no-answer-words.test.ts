import { expect, it } from 'vitest';
import { saysNoAnswer } from '../../../src/core/parsing/no-answer-words.ts';

it.each([
  'rang, no answer',
  'no reply',
  'no-reply',
  'emailed, no reply yet',
  'tried to ring, no reply',
  'tried ringing twice',
  'tried to get hold of Sam',
  'left a voicemail',
  'left a message with reception',
  'left her another message',
  'straight to voicemail',
  'got the answerphone again',
  'she was out',
  'they were on holiday',
  'the manager was in a meeting',
  "wasn't in",
  'Sam was not available',
  'nobody picked up',
  'no one there',
  "didn't answer",
  'did not pick up',
  'has not replied',
  "haven't heard back",
  'heard nothing',
  "couldn't get through",
  'could not reach them',
  'unable to contact the clerk',
  'line engaged',
  'it just rang out',
  'emailed about the lease, awaiting a reply',
  'waiting for them to get back',
  'knocked, office was closed',
  'no luck getting hold of Jane',
  'rang but she hasn’t called back',
  'phoned. No response',
  'no joy',
  'message unanswered',
])('%s: nobody answered', (note) => {
  expect(saysNoAnswer(note)).toBe(true);
});

it.each([
  'met Jane about the lease',
  'rang about the fair',
  'no answer at first, then she rang back',
  'left a voicemail and Jane called back within the hour',
  'tried to ring, but got through to her later',
  'Sam was out but spoke to his deputy',
  'emailed and she replied to say yes',
  'talked about the answer to the council',
  'she is out of hospital and doing well',
  'asked for a reply by friday',
  'they promised a message for the newsletter',
  'walked round the building',
  'discussed the phone line for the office',
])('%s: they were in touch', (note) => {
  expect(saysNoAnswer(note)).toBe(false);
});
