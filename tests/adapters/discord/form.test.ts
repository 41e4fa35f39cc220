import { ComponentType as Kind } from 'discord.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { suggestionsOf } from '../../../src/adapters/discord/autocomplete.ts';
import { modalOf, readForm } from '../../../src/adapters/discord/render/form.ts';
import { MAX_BUTTON_ID_LENGTH } from '../../../src/core/domain/kept-args/kept-args.ts';
import { idOfButton } from '../../../src/core/message/button-id.ts';
import type { Field } from '../../../src/core/message/form.ts';
import type { InputValue } from '../../doubles/discord/fill.ts';
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
import { componentsIn, expectModal } from './expect-valid.ts';
import { readMarkdown } from './markdown-reader.ts';
import { fieldsIn, submitModal } from './modal-submission.ts';
import { reader, SAM } from './reader.ts';

const HERE = '112233445566778899';
const from = { channel: HERE, direct: false };
const TOM = '234567890123456789';
const everybodyHere = { ...reader, userOf: (id: string) => (id === 'sam' ? SAM : TOM) };

/** The component type of a field, and the arg that it gives when it is sent unchanged or filled in. */
function kindOf(of: Field, filled?: InputValue, who = everybodyHere, where = from) {
  const modal = modalOf(formOf([of]), who, where);
  expectModal(modal);
  const box = fieldsIn(modal).get(of.name);
  const read = submitModal(modal, filled === undefined ? {} : { [of.name]: filled });
  return [box?.input.type, read?.args[of.name]];
}

describe('each kind of field', () => {
  const { choice, choices, who, channel, role } = pickedFields;
  const followup = (count: number) =>
    field('which', 'followup', { options: numberedOptions(count) });

  it.each<[string, Field, InputValue | undefined, Kind, string | undefined]>([
    ['text', field('note', 'text'), 'Met Jane', Kind.TextInput, 'Met Jane'],
    ['text as it was', field('note', 'text', { value: 'Met' }), undefined, Kind.TextInput, 'Met'],
    ['text emptied', field('note', 'text', { value: 'Met' }), '', Kind.TextInput, ''],
    ['text left empty', field('note', 'text'), undefined, Kind.TextInput, undefined],
    ['date', field('by', 'date'), 'friday', Kind.TextInput, 'friday'],
    [
      'date in words',
      field('by', 'date', { value: '2026-12-04 15:00' }),
      undefined,
      Kind.TextInput,
      'Fri 4 Dec 2026, 15:00',
    ],
    ['number', field('date', 'number', { value: '15' }), undefined, Kind.TextInput, '15'],
    ['partner', field('with', 'partner', { value: 'Oak' }), undefined, Kind.TextInput, 'Oak'],
    ['choice', choice(), 'national', Kind.StringSelect, 'national'],
    ['choice in other words', choice('Local'), undefined, Kind.StringSelect, 'local'],
    ['no choice', choice('global'), undefined, Kind.TextInput, 'global'],
    ['choice emptied', choice('local'), '', Kind.StringSelect, ''],
    ['choice left empty', choice(), undefined, Kind.StringSelect, undefined],
    ['followup', followup(1), '#0', Kind.StringSelect, '#0'],
    ['follow-ups too many for a list', followup(26), 'gate', Kind.TextInput, 'gate'],
    ['choices', choices(), ['local', 'national'], Kind.StringSelect, 'local, national'],
    [
      'choices as typed',
      choices('Local and national'),
      undefined,
      Kind.StringSelect,
      'local, national',
    ],
    ['choices emptied', choices('local'), [], Kind.StringSelect, ''],
    ['flag', field('off', 'flag', { value: 'y' }), undefined, Kind.StringSelect, 'yes'],
    ['person', who(), { id: '1' }, Kind.UserSelect, '<@1>'],
    ['person as it was', who('#sam'), undefined, Kind.UserSelect, `<@${SAM}>`],
    ['person mentioned', who(`<@!${TOM}>`), undefined, Kind.UserSelect, `<@${TOM}>`],
    ['person by name', who('samantha'), undefined, Kind.TextInput, 'samantha'],
    ['channel', channel(), { id: '1' }, Kind.ChannelSelect, '<#1>'],
    ['channel mentioned', channel(`<#${HERE}>`), undefined, Kind.ChannelSelect, `<#${HERE}>`],
    ['channel here', channel('here'), undefined, Kind.ChannelSelect, `<#${HERE}>`],
    ['no channel', channel('#general'), undefined, Kind.TextInput, '#general'],
    ['role', role(), { id: '1' }, Kind.RoleSelect, '<@&1>'],
    ['role mentioned', role(`<@&${HERE}>`), undefined, Kind.RoleSelect, `<@&${HERE}>`],
    ['no role', role('the board'), undefined, Kind.TextInput, 'the board'],
  ])('%s', (_, of, filled, kind, value) => {
    expect(kindOf(of, filled)).toEqual([kind, value]);
  });

  it('lists members by name when some of them are known only on another platform', () => {
    expect(kindOf(who(), 'Tom', reader as never)).toEqual([Kind.StringSelect, '#tom']);
    expect(kindOf(who(`<@${SAM}>`), undefined, reader as never)).toEqual([
      Kind.StringSelect,
      '#sam',
    ]);
    expect(kindOf(manyMembers(30), undefined, reader as never)).toEqual([Kind.TextInput, 'M7']);
  });

  it('in a direct message, where Discord offers nobody, members are listed and channels are typed', () => {
    const direct = { ...from, direct: true };
    expect(kindOf(who('#sam'), undefined, everybodyHere, direct)).toEqual([
      Kind.StringSelect,
      '#sam',
    ]);
    expect(kindOf(channel(), '', everybodyHere, direct)).toEqual([Kind.TextInput, undefined]);
    expect(kindOf(role(), '', everybodyHere, direct)).toEqual([Kind.TextInput, undefined]);
  });

  it('a file is attached; after it was read, its text can be changed', () => {
    const modal = modalOf(
      formOf([field('file', 'file', { needed: true, long: true })]),
      reader,
      from,
    );
    expectModal(modal);
    expect(submitModal(modal, { file: { id: '77' } })).toEqual({
      command: 'log',
      args: {},
      files: { file: '77' },
    });
    const read = field('file', 'file', { long: true, value: 'name\nOak' });
    expect(kindOf(read)).toEqual([Kind.TextInput, 'name\nOak']);
    const long = field('file', 'file', { long: true, value: 'x'.repeat(4001) });
    expect(kindOf(long, [])).toEqual([Kind.FileUpload, undefined]);
  });
});

it('a needed field cannot be left empty', () => {
  const needed = field('note', 'text', { needed: true });
  expect(() => submitModal(modalOf(formOf([needed]), reader, from))).toThrow('filled in');
});

it('has its own title, cut if it is too long', () => {
  const note = field('note', 'text');
  const modal = modalOf(formOf([note]), reader, from);
  expect(modal.title).toBe('Note a contact with a partner');
  expect(modal.components).toHaveLength(1);
  const title = 'Note a contact with a *partner*, and what was promised';
  expect(modalOf({ ...formOf([note]), title }, reader, from).title).toHaveLength(45);
});

it('takes as many characters as the command does, and shows a longer value', () => {
  const lengthOf = (value: string) =>
    componentsIn(
      modalOf(formOf([field('note', 'text', { maxLength: 20, value })]), reader, from),
    )[0];
  expect(lengthOf('short')).toMatchObject({ component: { max_length: 20 } });
  expect(lengthOf('x'.repeat(30))).toMatchObject({
    component: { max_length: 30, value: 'x'.repeat(30) },
  });
});

it('says what is wrong at the field', () => {
  const problem = 'Did you mean friday?';
  const modal = modalOf(formOf([field('by', 'date', { value: 'fridey', problem })]), reader, from);
  expect(componentsIn(modal)[0]).toMatchObject({ label: 'by?', description: problem });
});

it('a long problem goes below its field, cut to whole sentences when there is no room', () => {
  const problem =
    'I can\'t read "blursday" as a date. Did you mean "thursday"? Try "friday", "in 2 weeks", "12 December" or "3pm".';
  const by = field('by', 'date', { value: 'blursday', problem });
  const two = modalOf(formOf([by, field('how', 'text')]), reader, from);
  expectModal(two);
  const [label, , beneath] = componentsIn(two);
  expect(label).not.toHaveProperty('description');
  expect(readMarkdown(`${beneath?.content}`).seen).toBe(problem);
  const five = [by, ...['a', 'b', 'c', 'd'].map((name) => field(name, 'text'))];
  const full = modalOf(formOf(five), reader, from);
  expectModal(full);
  expect(componentsIn(full)[0]).toMatchObject({
    description: 'I can\'t read "blursday" as a date. Did you mean "thursday"?',
  });
});

it('shows mentions in a text as names, and keeps those without a known name', () => {
  const note = field('note', 'text', { value: `with <@${SAM}>, <@9> in <#1|general>` });
  expect(kindOf(note)[1]).toBe('with @Sam, <@9> in #general');
});

it('says so when it cuts a text', () => {
  const modal = modalOf(formOf([field('note', 'text', { value: 'x'.repeat(5000) })]), reader, from);
  expectModal(modal);
  expect(JSON.stringify(modal)).toContain('Only the first 4,000 characters have room here.');
});

it.each(['', 'v1.log.', 'form', 'form.', 'form.log', 'form..', 'form.log.a', 'row.a=b'])(
  'is no form: %s',
  (customId) => {
    expect(readForm({ customId, components: [] })).toBeUndefined();
  },
);

it('ignores components that are not its own fields', () => {
  const state = { type: Kind.TextInput, value: 'x' };
  const components = ['', 'note', 'other.note', 'filled'].map((customId) => ({
    component: { ...state, customId },
  }));
  expect(readForm({ customId: 'form.log.how=call', components: [{}, ...components] })).toEqual({
    command: 'log',
    args: { how: 'call' },
    files: {},
  });
});

it('any form is a modal that Discord accepts, and its values come back', () => {
  fc.assert(
    fc.property(anyForm, (any) => {
      // Core never makes such a form.
      fc.pre(idOfButton({ command: any.command, args: any.kept }).length <= MAX_BUTTON_ID_LENGTH);
      // A needed field cannot be sent empty.
      const form = { ...any, fields: any.fields.map((box) => ({ ...box, needed: false })) };
      const modal = modalOf(form, reader, from);
      expectModal(modal);
      expectValuesKept(form, submitModal(modal)?.args);
    }),
    { numRuns: runs(500) },
  );
});

it('offers names while one is typed, and also the text as it was typed', () => {
  const choices = numberedOptions(150);
  const offered = suggestionsOf(choices, ' Oak ');
  expect(offered).toHaveLength(25);
  expect(offered[0]).toEqual({ value: '#0', name: 'Oak 0' });
  expect(offered.at(-1)).toEqual({ value: 'Oak', name: 'Use "Oak"' });
  expect(suggestionsOf(choices.slice(0, 1), 'oak 0')).toHaveLength(1);
  expect(suggestionsOf([], 'x'.repeat(101))).toEqual([]);
  const long = { value: '#1', label: 'The Friends of the Riverside '.repeat(5) };
  for (const { name, value } of suggestionsOf([long], 'x'.repeat(100))) {
    expect(Math.max(name.length, value.length)).toBeLessThanOrEqual(100);
  }
});
