// Recognizes words about somebody's safety. They are not to be noted, so they are looked for before a line is read.

/** A person as people name them when they do not say the name. */
const PERSON =
  '(?:some(?:body|one)|any(?:body|one)|him|her|them|child(?:ren)?|(?:an?|the|this|that|my|our|his|her|their|one of (?:the|our))\\s+(?:[a-z-]+\\s+){0,2}?(?:child(?:ren)?|kids?|baby|boy|girl|toddler|teenager|youngster|young (?:person|people|man|woman)|woman|man|lady|person|neighbour|resident|tenant|family|mum|mother|dad|father|pensioner|friend|son|daughter|volunteer))';

const WORRIED = '(?:worried|concerned|scared|frightened|anxious)';

const CONCERN = '(?:concern|issue|worry|worrie|alert|disclosure|incident|problem)';

/** How a line starts that is about a worry, and about nothing else. */
const WORRY_LINE = new RegExp(
  `^(?:please\\s+|hi,?\\s+|hello,?\\s+|help,?\\s+)*(?:(?:(?:i|we)(?:['’]?m|['’]?re| am| are|['’]?ve been| have been| feel))\\s+(?:(?:a bit|really|very|so|quite|getting|rather|also)\\s+)*${WORRIED}\\s+(?:about|for|that)\\b|${WORRIED}\\s+(?:about|for)\\s+${PERSON}\\b|(?:i|we)(?:['’]?ve| have)(?: got)?\\s+an?\\s+(?:safeguarding\\s+)?(?:concern|worry)\\b|(?:an?\\s+)?safeguarding(?:\\s+${CONCERN}s?\\b|[\\s?!.]*$))`,
  'i',
);

const HURTS =
  '(?:hurting|hitting|beating(?:\\s+up)?|abusing|neglecting|grooming|harming|threatening|stalking)';

/** What a person does to somebody. Without a person who does it, "hitting the young people" is said of cuts. */
const HARM = `(?:he|she|${PERSON})(?:['’]s|(?:\\s+\\S+){0,3}?\\s+(?:is|was|has been|keeps))\\s+${HURTS}\\s+(?:him|her|${PERSON})|(?:kill|harm|hurt)(?:ing|ed)?\\s+(?:himself|herself|themselves|myself)|self[- ]harm(?:s|ed|ing)?`;

/** Words inside a note that plainly name such a worry. */
const CONCERN_IN_NOTE = new RegExp(
  `\\bsafeguarding\\s+${CONCERN}s?\\b|\\b${WORRIED}\\s+(?:about|for)\\s+${PERSON}\\b|\\b${PERSON}\\s+(?:is|are|was|were|may be|might be|could be)\\s+(?:being\\s+)?(?:abused|neglected|groomed|hurt|harmed|beaten|hit|in danger|at risk|not safe|unsafe)\\b|\\bdisclosed\\s+(?:[a-z]+\\s+){0,2}abuse\\b|\\b(?:${HARM})\\b|\\bsuicidal\\b`,
  'i',
);

/** Whether a typed line is about a worry for somebody: "I'm worried about a child". */
export function isConcernLine(line: string): boolean {
  return WORRY_LINE.test(line.trim());
}

/** Whether a note plainly is about somebody's safety: "safeguarding concern about …". */
export function namesConcern(note: string): boolean {
  return CONCERN_IN_NOTE.test(note);
}
