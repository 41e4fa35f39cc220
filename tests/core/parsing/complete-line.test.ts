import { describe, expect, it } from 'vitest';
import { completeLine } from '../../../src/core/parsing/complete-line.ts';
import { context, log, show } from './resolve-line.ts';

const change = { ...log, name: 'log change', examples: [] };
const today = { ...log, name: 'today', examples: ['today'], args: {}, words: [] };
const commands = new Map([log, change, show, today].map((command) => [command.name, command]));
const offered = (line: string) => completeLine(line, commands, context);
const labels = (line: string) => offered(line).map(({ label }) => label);
const lines = (line: string) => offered(line).map((completion) => completion.line);

describe('commands', () => {
  it('are offered from the first letter', () => {
    expect(labels('')).toEqual(['log', 'partner show', 'today']);
    expect(lines('lo')).toEqual(['log ']);
    expect(lines('Part')).toEqual(['partner show ']);
    expect(lines('partner  s')).toEqual(['partner show ']);
    expect(lines('tod')).toEqual(['today']);
    expect(lines('/lo')).toEqual(['log ']);
  });
  it('are found through a slip', () => expect(labels('lgo')).toEqual(['log']));
  it('that only stand on buttons are not', () =>
    expect(labels('log ch')).not.toContain('log change'));
});

describe('partners', () => {
  it('come first, those that start so before those that have it inside', () => {
    expect(labels('log riv').slice(0, 3)).toEqual([
      'Riverside Borough Council',
      'Riverside Parish Council',
      'Riverside Housing',
    ]);
    expect(lines('log groundw')[0]).toBe('log Groundwork UK ');
    expect(labels('log medw')).toEqual([
      'Medway Council',
      'NHS Kent and Medway Integrated Care Board',
    ]);
    expect(labels('partner show riverside h')).toEqual(['Riverside Housing']);
    expect(labels('log old mill')).not.toContain('Old Mill Trust');
  });
  it('are put in quotes after a name', () => {
    expect(lines('log met Jane with:riverside h')).toEqual([
      'log met Jane with:"Riverside Housing" ',
    ]);
  });
});

describe('args and values', () => {
  it('are offered by name once the words no longer name a partner', () => {
    expect(lines('log shelter met b')).toEqual(['log shelter met by:']);
    expect(lines('log shelter nor')).toEqual(['log shelter noreply ']);
    expect(labels('log shelter by:friday b')).not.toContain('by:');
  });
  it.each([
    ['log shelter how:', ['meeting', 'call', 'email']],
    ['log shelter how:c', ['call']],
    ['log shelter HOW:c', ['call']],
    ['log shelter noreply:y', ['yes']],
    ['log shelter who:sa', ['Sam Okafor', 'Sam Young']],
    ['log shelter who:@ok', ['Sam Okafor']],
    ['log shelter who:m', ['me', 'Maya Singh']],
    ['log shelter by:fr', ['friday']],
    ['log shelter when:y', ['yesterday']],
    ['log shelter every:6', ['6 weeks', '6 months']],
    ['log shelter next:send', []],
    ['log shelter bye:x', []],
  ])('%j', (line, expected) => expect(labels(line)).toEqual(expected));
  it('make a line that can go on', () => {
    expect(lines('log shelter how:c')).toEqual(['log shelter how:call ']);
    expect(lines('log shelter who:sam y')).toEqual(['log shelter who:"Sam Young" ']);
  });
});

it('offers eight at most', () => expect(offered('log ').length).toBeLessThanOrEqual(8));
