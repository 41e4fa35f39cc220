import { followupLine } from '../../cards/followup-row.ts';
import { storyButton } from '../../cards/partner-buttons.ts';
import type { Day } from '../../dates/day.ts';
import type { WorkingWeek } from '../../dates/working-days.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import { escalatesOn, hasOtherCoordinator } from '../../domain/followups/escalation.ts';
import type { Followup } from '../../domain/followups/followup.ts';
import type { Block, Button } from '../../message/reply.ts';
import { bold, day, type RichText, rich } from '../../message/rich-text.ts';
import { nameKey } from '../../names/name-words.ts';

/** The day on which coordinators will hear of a late follow-up. Undefined if the brief does not announce it now. */
export function comingEscalation(
  row: Followup,
  context: { today: Day; directory: Directory; partnership: WorkingWeek; isBack: boolean },
): Day | undefined {
  const { today, directory, partnership, isBack } = context;
  const on = escalatesOn(row, directory.member(row.who ?? ''), partnership);
  if (isBack || on === null || on <= today || !hasOtherCoordinator(row, directory))
    return undefined;
  return on;
}

/** A late promise of theirs for the member who keeps an eye on it, with a message to send on. It blames nobody. */
export function chaseRow(
  row: Followup,
  context: { today: Day; directory: Directory; partnership: WorkingWeek; isBack: boolean },
): Block {
  const { today, directory } = context;
  const line = followupLine(row, today, directory, { owner: false });
  const on = comingEscalation(row, context);
  const coordinators =
    on &&
    rich` If it hasn't come by ${day(on)}, I'll tell the coordinators, so that they can help.`;
  const asked = row.chasedOn ? rich` We asked on ${day(row.chasedOn)}.` : undefined;
  return {
    kind: 'row',
    text: rich`${line}.${asked} A message you could send: "${messageFor(row, directory)}"${coordinators}`,
    buttons: chaseButtons(row),
  };
}

function chaseButtons({ id }: Followup): Button[] {
  const args = { which: `#${id}` };
  return [
    { label: "I've asked", command: 'followup chased', args, style: 'primary' },
    { label: 'It came', command: 'followup done', args },
    { label: 'New day', command: 'followup later', args },
    { label: 'Ask someone else to help', command: 'followup ask', args },
  ];
}

/** A late promise of theirs in a coordinator's brief. It says what was done for it, and blames nobody. */
export function escalatedChaseRow(row: Followup, directory: Directory): Block {
  const partner = row.partner ? directory.partner(row.partner)?.name : undefined;
  const by = row.dueDay && rich` by ${day(row.dueDay)}`;
  const keeper = directory.member(row.who ?? '')?.name;
  const args = { which: `#${row.id}` };
  const show = row.partner ? [storyButton({ id: row.partner })] : [];
  return {
    kind: 'row',
    text: rich`${partner ? bold(partner) : 'Somebody'} promised: ${bold(row.title)}${by}. It hasn't come yet.${chasesText(row)}${keeper && ` ${keeper} keeps an eye on it.`}`,
    buttons: [
      { label: 'Ask someone else to help', command: 'followup ask', args, style: 'primary' },
      { label: 'It came', command: 'followup done', args },
      ...show,
    ],
  };
}

/** How often we have asked for a promise of theirs, in a sentence; empty if we have not. */
function chasesText({ chases = null, chasedOn }: Followup): RichText {
  if (!chases || !chasedOn) return [];
  if (chases === 1) return rich` We asked on ${day(chasedOn)}.`;
  const times = chases === 2 ? 'twice' : `${chases} times`;
  return rich` We have asked ${times}, last on ${day(chasedOn)}.`;
}

/** What somebody could send to a partner that has promised something: one or two friendly sentences. */
function messageFor({ title, partner }: Followup, directory: Directory): string {
  const name = partner ? (directory.partner(partner)?.name ?? '') : '';
  const { person, what } = personIn(title.trim().replace(/[\s.!?]+$/, ''), name);
  const hello = person ? `Hello ${person},` : 'Hello,';
  return `${hello} could you let me know ${questionAbout(what)}? Thank you.`;
}

const personAtStart = /^(\p{Lu}[\p{Ll}'-]+) (?:to|will|is going to) (.+)$/u;
/** Words at the start of a title that look like a first name. */
const notNames = new Set([
  'They',
  'We',
  'He',
  'She',
  'It',
  'You',
  'Somebody',
  'Someone',
  'Council',
]);

/** Who will do it, if the title says so: "Jo to send the plan", "Jo will send the plan". */
function personIn(title: string, partner: string): { person?: string; what: string } {
  const [, person, what] = personAtStart.exec(title) ?? [];
  if (!person || !what) return { what: title };
  const isPerson = !notNames.has(person) && !nameKey(partner).split(' ').includes(nameKey(person));
  return isPerson ? { person, what } : { what };
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** Verbs that a promise begins with, and that are no nouns: "send us the plan". */
const verbs = words(
  'approve arrange bring choose collect come confirm decide deliver get give introduce invite lend let organise organize prepare provide publish respond ring send sign speak tell write',
);
/** Verbs that are nouns too, as in "draft plan". A word like "us" or "the" after them tells. */
const maybeVerbs = words(
  'answer ask book call check contact draft email finish fix forward help look make meet offer open pass pay phone print put reply return review share show support talk text update visit',
);
const wordsAfterVerb = words(
  'a about an at back for her him if in me my on our out over the their them to up us whether who with your',
);
const determiners = words('a all an any her his more my our some the their these this your');

/** Asks for what a title names: a thing ("garden plan"), or something to do ("send us the plan"). */
function questionAbout(what: string): string {
  const [first = '', second = ''] = what.split(' ');
  const word = first.toLowerCase();
  const lower = `${word}${what.slice(first.length)}`;
  if (verbs.has(word) || (maybeVerbs.has(word) && wordsAfterVerb.has(second)))
    return `when you can ${lower}`;
  const thing = determiners.has(word) ? lower : `the ${what}`;
  const isMany = /(?<![sui])s$/i.test(thing);
  return `how ${thing} ${isMany ? 'are' : 'is'} getting on`;
}
