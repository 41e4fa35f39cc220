// Recognizes notes of a try that nobody answered. Such a contact does not count as being in touch.

const TRIED = '(?:tried|trying|attempted|attempting)';
const REACH =
  '(?:to )?(?:ring|call|phone|reach|contact|text|email|message|get|speak|talk|catch|see|visit)(?:ing|ting)?';

const NO_ANSWER = new RegExp(
  [
    '\\bno (?:answer|reply|response|one (?:answered|there|in|home|picked up|about)|luck|joy)\\b',
    '\\bno-?(?:reply|answer)\\b',
    '\\b(?:nobody|no-?one) (?:answered|there|in|home|picked up|about|replied|responded|was (?:there|in|home))\\b',
    '\\bunanswered\\b',
    '\\bleft (?:(?:a|an|another|him|her|them|you) )*(?:(?:short|long|quick|second|third|voice|phone) )?(?:voice-?mail|voice mail|message|msg|answerphone message|vm)\\b',
    '\\b(?:(?:went|straight|through|got|rang) )*(?:to|the|got) (?:the )?(?:voice-?mail|answerphone|answering machine|answer machine)\\b',
    `\\b${TRIED} ${REACH}\\b`,
    "\\b(?:(?:did|has|have|had)(?:n['’]?t| not)|never) (?:yet )?(?:answer(?:ed)?|repl(?:y|ied)|respond(?:ed)?|pick(?:ed)? up|got back|get back|come back|came back|called back|rung back)\\b",
    "\\b(?:could(?:n['’]?t| not)|unable to|can['’]?t|cannot|failed to|did(?:n['’]?t| not) manage to) (?:reach|get (?:hold|through|an answer|a reply)|contact|speak to|talk to|catch)\\b",
    "\\b(?:(?:have|has)(?:n['’]?t| not)) heard (?:back|anything|from)\\b|\\bnot heard (?:back|anything|from)\\b|\\bheard nothing\\b",
    "\\b(?:was|were|is|are)(?: not|n['’]?t) (?:in(?=\\s*(?:$|[.,;]|today|when|so|but|again|until|this))|there|available|around|answering|at (?:home|work))\\b",
    '\\b(?:he|she|they|nobody|everybody|everyone|manager|clerk|head|secretary|officer) (?:was|were|is|are) (?:out(?! of)|away|off(?! to)|on leave|on holiday|engaged|busy|unavailable|in a meeting)\\b',
    '\\b(?:was|were) (?:out|engaged|unavailable)$',
    '\\b(?:line|phone|number)(?: was)? (?:was )?(?:engaged|busy|dead)\\b|\\brang out\\b|\\brang and rang\\b|\\b(?:just )?rings out\\b',
    '\\bawaiting (?:a |their |his |her )?(?:reply|answer|response)\\b|\\bwaiting (?:for|to hear)\\b.{0,20}\\b(?:reply|answer|response|back)\\b',
    '\\b(?:office|door|building) (?:was )?(?:closed|shut|locked)\\b',
  ].join('|'),
  'i',
);

/** Words that say that somebody did answer in the end, or that the note is about another's answer. */
const ANSWERED =
  /\b(?:then|later|but|finally|eventually|until|after)\b.{0,40}\b(?:rang|called|phoned|emailed|got|came|wrote|texted|messaged)\b.{0,10}\b(?:back|through)\b|\b(?:rang|called|phoned|emailed|wrote|texted|messaged|got|came) (?:me |us )?back\b(?!.{0,4}\?)|\b(?:spoke|talked|chatted) (?:to|with)\b.{0,40}\b(?:instead|deputy|colleague|assistant)|\b(?:spoke|talked) (?:to|with) (?:the|his|her|their|a)\b|\b(?:but|then|later) (?:i |we )?(?:spoke|talked|met|saw|got through|got hold)\b|\breplied\b.{0,30}\b(?:saying|that|to say|later|today)\b/i;

/** Negated words that look like an answer: "hasn't called back". */
const NOT_BACK =
  /(?:n['’]?t|not|never|nobody|no one) (?:yet )?(?:rang|rung|called|call|phoned|emailed|wrote|texted|messaged|got|get|came|come|ring)(?: me| us)? back\b/gi;

/** Whether a note says that nobody answered: "rang, no answer", "left a voicemail", "she was out". */
export function saysNoAnswer(note: string): boolean {
  return NO_ANSWER.test(note) && !ANSWERED.test(note.replace(NOT_BACK, ''));
}
