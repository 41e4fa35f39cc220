import type { ModalView } from '@slack/types';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { suggestionsOf } from '../../../src/adapters/slack/autocomplete.ts';
import {
  autocompletedField,
  type FieldState,
  type FormOrigin,
  formErrors,
  loadingModal,
  modalOf,
  readForm,
} from '../../../src/adapters/slack/render/form.ts';
import type { Field } from '../../../src/core/message/form.ts';
import type { Json } from '../../doubles/json.ts';
import { optionsProblem } from '../../doubles/slack/blocks.ts';
import { fillInput, type InputValue } from '../../doubles/slack/fill.ts';
import { viewProblem } from '../../doubles/slack/view-rules.ts';
import { runs } from '../../fixtures/proof.ts';
import {
  anyForm,
  expectValuesKept,
  field,
  formOf,
  manyMembers,
  numberedOptions,
  pickedFields,
} from '../forms.ts';
import { expectValid } from './expect-valid.ts';
import { reader } from './reader.ts';

const about: FormOrigin = {
  place: { platform: 'slack', workspace: 'T1', channel: 'C0HERE', direct: false },
  message: { channel: 'C0HERE', ts: '1.2' },
};
const everybodyHere = { ...reader, userOf: (member: string) => `U0${member.toUpperCase()}` };

/** Sends the modal as its user would, with some fields filled in anew. */
function sent(view: ModalView, filled: Readonly<Record<string, InputValue>> = {}) {
  const inputs = (view.blocks as unknown as Json[]).filter(({ type }) => type === 'input');
  const states = inputs.map((block) => {
    const element = block.element as Json;
    const name = `${block.block_id}`.replace('box.', '').replace('day.', 'day of ');
    return [block.block_id, { [`${element.action_id}`]: fillInput(element, filled[name]) }];
  });
  const values: Record<string, Record<string, FieldState>> = Object.fromEntries(states);
  const { callback_id = '', private_metadata = '' } = view;
  return { callback_id, private_metadata, state: { values } };
}

function boxIn(view: ModalView, name: string): Json {
  const blocks = view.blocks as unknown as Json[];
  const block = blocks.find(({ block_id }) => block_id === `box.${name}`);
  if (!block) throw new Error(`There is no box ${name}.`);
  return block.element as Json;
}

/** The args that a field gives when it is sent unchanged, or filled in. */
function kindOf(of: Field, filled?: InputValue, who = everybodyHere) {
  const view = modalOf(formOf([of]), about, who);
  expect(viewProblem({ ...view }, 'modal')).toBeUndefined();
  const read = readForm(sent(view, filled === undefined ? {} : { [of.name]: filled }));
  return [boxIn(view, of.name).type, read?.args[of.name]];
}

describe('each kind of field', () => {
  const { choice, choices, who, channel } = pickedFields;

  it.each<[string, Field, InputValue | undefined, string, string | undefined]>([
    ['text', field('note', 'text'), 'Met Jane', 'plain_text_input', 'Met Jane'],
    [
      'text as it was',
      field('note', 'text', { value: 'Met' }),
      undefined,
      'plain_text_input',
      'Met',
    ],
    ['text emptied', field('note', 'text', { value: 'Met' }), '', 'plain_text_input', ''],
    ['text left empty', field('note', 'text'), undefined, 'plain_text_input', undefined],
    ['date', field('by', 'date'), 'friday', 'plain_text_input', 'friday'],
    ['number', field('date', 'number', { value: '15' }), undefined, 'number_input', '15'],
    ['no number', field('date', 'number', { value: 'x' }), undefined, 'plain_text_input', 'x'],
    ['partner', field('with', 'partner', { value: 'Oak' }), undefined, 'external_select', 'Oak'],
    ['choice', choice(), 'national', 'static_select', 'national'],
    ['choice in other words', choice('Local'), undefined, 'static_select', 'local'],
    ['no choice', choice('global'), undefined, 'plain_text_input', 'global'],
    ['choice emptied', choice('local'), '', 'static_select', ''],
    ['choices', choices(), ['local', 'national'], 'multi_static_select', 'local, national'],
    [
      'choices as typed',
      choices('Local and national'),
      undefined,
      'multi_static_select',
      'local, national',
    ],
    ['choices emptied', choices('local'), [], 'multi_static_select', ''],
    ['flag', field('off', 'flag', { value: 'y' }), undefined, 'static_select', 'yes'],
    ['person', who(), 'U0ANYBODY', 'users_select', '<@U0ANYBODY>'],
    ['person as it was', who('#sam'), undefined, 'users_select', '<@U0SAM>'],
    ['person mentioned', who('<@U9|jo>'), undefined, 'users_select', '<@U9>'],
    ['person by name', who('samantha'), undefined, 'plain_text_input', 'samantha'],
    ['channel', channel(), 'C1', 'conversations_select', '<#C1>'],
    ['channel mentioned', channel('<#C1|general>'), undefined, 'conversations_select', '<#C1>'],
    ['channel here', channel('here'), undefined, 'conversations_select', '<#C0HERE>'],
    ['no channel', channel('#general'), undefined, 'plain_text_input', '#general'],
  ])('%s', (_, of, filled, element, value) => {
    expect(kindOf(of, filled)).toEqual([element, value]);
  });

  it('lists members by name when some of them are known only on another platform', () => {
    expect(kindOf(who(), 'Tom', reader as never)).toEqual(['static_select', '#tom']);
    expect(kindOf(who('<@U0SAM>'), undefined, reader as never)).toEqual(['static_select', '#sam']);
    expect(kindOf(manyMembers(120), undefined, reader as never)).toEqual(['external_select', '#7']);
  });

  it('a name that is too long for an option is typed', () => {
    const long = 'The Friends of the Riverside '.repeat(4).trim();
    expect(kindOf(field('with', 'partner', { value: long }))).toEqual(['plain_text_input', long]);
  });
});

describe('a date is typed, or picked from a calendar', () => {
  const by = (value: string, filled: Readonly<Record<string, string>> = {}) => {
    const view = modalOf(formOf([field('by', 'date', { value, needed: true })]), about, reader);
    expect(viewProblem({ ...view }, 'modal')).toBeUndefined();
    return readForm(sent(view, filled))?.args.by;
  };

  it.each([
    ['nothing', '', {}, undefined],
    ['words', '', { by: 'next friday' }, 'next friday'],
    ['a picked day', '', { 'day of by': '2026-12-04' }, '2026-12-04'],
    ['a picked day with a time', '', { by: '3pm', 'day of by': '2026-12-04' }, '2026-12-04 at 3pm'],
    [
      'a picked day and another one in words',
      '',
      { by: 'monday', 'day of by': '2026-12-04' },
      '2026-12-04 or monday',
    ],
    ['a day as it was', '2026-12-04', {}, '2026-12-04'],
    ['a day with its time as it was', '2026-12-04 15:00', {}, '2026-12-04 at 15:00'],
    [
      'the day moved, with its time',
      '2026-12-04 15:00',
      { 'day of by': '2026-12-05' },
      '2026-12-05 at 15:00',
    ],
    ['words over a day that was there', '2026-12-04', { by: 'monday' }, 'monday'],
    ['none over a day that was there', '2026-12-04', { by: 'none' }, 'none'],
    ['a day removed', '2026-12-04', { 'day of by': '' }, ''],
    ['both again, to be corrected', '2026-12-04 or monday', { 'day of by': '' }, 'monday'],
    ['words that are no day', '2026-02-31', {}, '2026-02-31'],
  ])('%s', (_, value, filled, read) => {
    expect(by(value, filled as Readonly<Record<string, string>>)).toBe(read);
  });

  it('a time is picked', () => {
    const time = field('time', 'time');
    expect(kindOf(time, '08:30')).toEqual(['timepicker', '08:30']);
    expect(kindOf({ ...time, value: '9am' })).toEqual(['timepicker', '09:00']);
    expect(kindOf({ ...time, value: 'soon' })).toEqual(['plain_text_input', 'soon']);
  });
});

it('lists the open follow-ups, and searches where they are too many', () => {
  const which = field('which', 'followup', { options: [{ value: '#a', label: 'mend the gate' }] });
  expect(kindOf(which, 'mend the gate')).toEqual(['static_select', '#a']);
  expect(kindOf({ ...which, value: 'gate' })).toEqual(['external_select', 'gate']);
  expect(kindOf(field('which', 'followup'))[0]).toBe('external_select');
});

it('has its own title, cut if it is too long', () => {
  const note = field('note', 'text');
  const short = modalOf({ ...formOf([note]), title: 'A new follow-up' }, about, reader);
  expect(short.title.text).toBe('A new follow-up');
  expect(short.blocks).toHaveLength(1);
  expect(modalOf(formOf([note]), about, reader).title.text).toHaveLength(24);
});

it('takes as many characters as the command does, and shows a longer value', () => {
  const lengthOf = (value: string) =>
    modalOf(formOf([field('note', 'text', { maxLength: 20, value })]), about, reader).blocks[0];
  expect(lengthOf('short')).toMatchObject({ element: { max_length: 20 } });
  expect(lengthOf('x'.repeat(30))).toMatchObject({
    element: { max_length: 30, initial_value: 'x'.repeat(30) },
  });
});

it('says what is wrong at the field, also when it opens with a problem', () => {
  const form = formOf([field('by', 'date', { value: 'fridey', problem: 'Did you mean friday?' })]);
  expect(formErrors(form)).toEqual({ 'box.by': 'Did you mean friday?' });
  expect(formErrors(formOf([field('by', 'date')]))).toBeUndefined();
  const blocks = modalOf(form, about, reader).blocks.map((block) => JSON.stringify(block));
  expect(blocks.at(0)).toContain('Did you mean friday?');
});

it('shows mentions in a text as names, and keeps those without a known name', () => {
  const note = field('note', 'text', { value: 'with <@U0SAM>, <@U9> in <#C1|general>' });
  expect(kindOf(note, undefined, reader as never)[1]).toBe('with @Sam, <@U9> in #general');
});

it('carries args that have no field; an arg that is too long to be carried gets a field of its own', () => {
  const kept = { how: 'call', brief: '#b', next: 'é'.repeat(2000), why: 'x'.repeat(200) };
  const view = modalOf(formOf([field('note', 'text')], kept), about, reader);
  expect(viewProblem({ ...view }, 'modal')).toBeUndefined();
  expect(boxIn(view, 'next').initial_value).toBe(kept.next);
  expect(readForm(sent(view))).toEqual({ command: 'log', args: kept, origin: about });
});

it('says so when it cuts a text', () => {
  const view = modalOf(formOf([field('list', 'file', { value: 'x'.repeat(4000) })]), about, reader);
  expect(viewProblem({ ...view }, 'modal')).toBeUndefined();
  expect(JSON.stringify(view.blocks)).toContain('Only the first 3,000 characters have room here.');
});

it('while the form is being made, the modal has nothing to send', () => {
  const view = loadingModal('Log');
  expect(viewProblem({ ...view }, 'modal')).toBeUndefined();
  expect(view.submit).toBeUndefined();
  expect(readForm(sent(view))).toBeUndefined();
});

it.each(['', 'null', '{}', '[]', '{"origin":{}}', 'x'])('is no form: %s', (private_metadata) => {
  expect(
    readForm({ callback_id: 'form.log', private_metadata, state: { values: {} } }),
  ).toBeUndefined();
});

it('any form is a modal that Slack accepts, and its values come back', () => {
  fc.assert(
    fc.property(anyForm, (form) => {
      const view = modalOf(form, about, reader);
      expect(viewProblem({ ...view }, 'modal')).toBeUndefined();
      expectValid(view.blocks as never, 'modal');
      const read = readForm(sent(view));
      expect(read?.origin).toEqual(about);
      expectValuesKept(form, read?.args);
    }),
    { numRuns: runs(500) },
  );
});

it('offers names while one is typed, and also the text as it was typed', () => {
  const choices = numberedOptions(150);
  const offered = suggestionsOf(choices, ' Oak ');
  expect(optionsProblem({ options: offered })).toBeUndefined();
  expect(offered).toHaveLength(100);
  expect(offered[0]).toMatchObject({ value: '#0', text: { text: 'Oak 0' } });
  expect(offered.at(-1)).toMatchObject({ value: 'Oak', text: { text: 'Use "Oak"' } });
  expect(suggestionsOf(choices.slice(0, 1), 'oak 0')).toHaveLength(1);
  expect(suggestionsOf([], 'x'.repeat(80))).toEqual([]);
  const longest = suggestionsOf([], 'x'.repeat(75));
  expect(optionsProblem({ options: longest })).toBeUndefined();
});

it('knows which arg the user fills in', () => {
  const view = { callback_id: 'form.followup add' };
  expect(autocompletedField({ block_id: 'box.with', view })).toEqual({
    command: 'followup add',
    arg: 'with',
  });
  expect(autocompletedField({ block_id: 'other', view })).toBeUndefined();
});
