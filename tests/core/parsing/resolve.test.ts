import { describe, expect, it } from 'vitest';
import { outcome, show, typed } from './resolve-line.ts';

const labels = (result: ReturnType<typeof outcome>) => result.buttons?.map(({ label }) => label);

it('makes typed values of a typed line', () => {
  expect(
    typed(
      'riverside housing met Jane how:Call by:friday 3pm every:monthly at:9 times:3 noreply who:me',
    ).values,
  ).toEqual({
    with: { id: 'p2', name: 'Riverside Housing' },
    note: 'met Jane',
    how: 'call',
    by: { day: '2026-11-27', at: new Date('2026-11-27T15:00:00Z') },
    every: 'P1M',
    at: 540,
    times: 3,
    noreply: true,
    who: { id: 'm1', name: 'Maya Singh' },
  });
});

describe('values as forms, options and buttons give them', () => {
  it.each([
    ['note', '  two\r\nlines\t \u0000\u0007here ', 'two\nlines\t here'],
    ['note', '   ', undefined],
    ['by', '2026-12-14', { day: '2026-12-14' }],
    ['when', 'yesterday 3pm', { day: '2026-11-22' }],
    ['who', '#m2', { id: 'm2', name: 'Sam Okafor' }],
    ['who', '<@U-m2>', { id: 'm2', name: 'Sam Okafor' }],
    ['who', '<@U-m2|sam>', { id: 'm2', name: 'Sam Okafor' }],
    ['who', '@Maya', { id: 'm1', name: 'Maya Singh' }],
    ['who', 'okafor', { id: 'm2', name: 'Sam Okafor' }],
    ['who', 'jo', { id: 'm4', name: 'Jo' }],
    ['who', 'ME', { id: 'm1', name: 'Maya Singh' }],
    ['who', 'none', null],
    ['who', 'nobody', null],
    ['every', 'none', null],
    ['every', 'quarterly', 'P3M'],
    ['kinds', 'co producing, Grant funding', ['co-producing', 'grant funding']],
    ['zone', 'london', 'Europe/London'],
    ['zone', 'europe/paris', 'Europe/Paris'],
    ['in', '<#C9>', { platform: 'chat', workspace: 'w1', channel: 'C9' }],
    ['in', '<#C9|general>', { platform: 'chat', workspace: 'w1', channel: 'C9' }],
    ['in', 'here', { platform: 'chat', workspace: 'w1', channel: 'C1' }],
    ['noreply', 'true', true],
    ['noreply', 'no', false],
    ['with', 'riverside housing', { id: 'p2', name: 'Riverside Housing' }],
    ['with', '#p2', { id: 'p2', name: 'Riverside Housing' }],
    ['with', '+Zzz Trust', { id: 'id of partner with', name: 'Zzz Trust', isNew: true }],
    ['with', '+riverside  HOUSING', { id: 'p2', name: 'Riverside Housing' }],
    ['with', '+tnlcf', { id: 'p9', name: 'The National Lottery Community Fund' }],
  ])('%s: %j', (name, raw, value) => {
    const result = outcome({ with: '#p16', [name]: raw });
    expect(result.said).toBeUndefined();
    expect(result.values?.[name]).toEqual(value);
  });

  it('takes no notice of args that the command does not have', () => {
    expect(
      outcome({ with: '#p16', once: 'k', swap: 'yes', form: 'yes', other: 'x' }).values,
    ).toEqual({
      with: { id: 'p16', name: 'Shelter' },
    });
  });
});

describe('what cannot be used is quoted, with what would work', () => {
  it.each([
    [
      'by',
      'whenever',
      'I can\'t read "whenever" as a date. Try "friday", "14 Dec 3pm" or "in 2 weeks".',
    ],
    ['when', '31 Feb', 'February has 28 days in 2026. Which day do you mean?'],
    ['when', 'whenever', 'I can\'t read "whenever" as a date. Try "yesterday"'],
    ['by', 'fridy', 'I can\'t read "fridy" as a date. Did you mean "friday"?'],
    ['by', 'sun', 'Did you mean "sunday"?'],
    ['how', 'zoom', 'I don\'t know "zoom" for how. It can be meeting, call or email.'],
    ['how', 'emial', 'Did you mean email?'],
    ['times', '51', '"51" is not a number I can use for times. It goes from 1 to 50.'],
    ['times', '1e1', 'It goes from 1 to 50.'],
    ['every', '0 weeks', 'I can\'t read "0 weeks" as a length of time'],
    ['at', '25:00', 'Try "9am" or "17:30".'],
    ['zone', 'Mars', 'Try "Europe/London".'],
    ['zone', 'local', 'Try "Europe/London".'],
    ['in', 'general', 'say "here"'],
    ['noreply', 'perhaps', 'noreply is yes or no'],
    ['who', 'sam', 'I know more than one "sam": Sam Okafor, Sam Young.'],
    ['who', 'okofr', 'Did you mean Sam Okafor?'],
    ['who', 'zebedee', 'I don\'t know anybody called "zebedee" here.'],
    ['who', '<@U-x>', "I don't know that person here yet."],
    ['who', '#gone', 'That person has left.'],
    ['who', '#m5', 'Olive Gone has left. Who else could do it?'],
    ['who', 'olive', 'I don\'t know anybody called "olive" here.'],
    [
      'next',
      'x'.repeat(101),
      '…" has 101 characters, and I can take up to 100 there. Could you make it shorter?',
    ],
    [
      'note',
      'x'.repeat(2001),
      '…" has 2,001 characters, and I can take up to 2,000 there. Could you make it shorter?',
    ],
    ['by', 'x'.repeat(5000), `"${'x'.repeat(59)}…"`],
    ['with', '#gone', 'That partner is no longer in the register.'],
    ['with', '#old', 'Old Mill Trust is no longer in the register: it was archived.'],
    ['with', '+old mill trust', 'Old Mill Trust is no longer in the register: it was archived.'],
    ['with', '+ !!', 'has no letters in it'],
    ['with', '???', 'has no letters in it'],
    ['with', `+${'x'.repeat(121)}`, 'up to 120 characters'],
  ])('%s: %j', (name, raw, sentence) => {
    const result = outcome({ with: '#p16', [name]: raw });
    expect(result.said).toContain(sentence);
    expect(result.arg).toBe(name);
  });

  it('names what is missing, with an example', () => {
    expect(outcome({ note: 'hello' })).toMatchObject({
      said: 'I still need one thing: Who with? Such as: log riverside council met Jane how:call',
      arg: 'with',
    });
    expect(outcome({ with: '  ' }).arg).toBe('with');
  });

  it('says so before it asks which partner', () => {
    expect(typed('riverside met Jane by:whenever').said).toContain('"whenever"');
  });
});

describe('which partner', () => {
  it('is asked with everything kept, and each answer goes on from there', () => {
    const asked = typed('riverside council met Jane: “hi” how:call by:in 20 seconds');
    expect(asked.said).toBe("Which Riverside council did you mean? I've kept your words.");
    expect(labels(asked)).toEqual([
      'Riverside Borough Council',
      'Riverside Parish Council',
      'Another',
      'Add Riverside Council',
      'Cancel',
    ]);
    const kept = { how: 'call', by: 'in 20 seconds', note: 'met Jane: “hi”', once: 'key-1' };
    const [borough, , another, , cancel] = asked.buttons ?? [];
    expect(borough).toMatchObject({ command: 'log', args: { ...kept, with: '#p0' } });
    expect(another).toMatchObject({
      command: 'log',
      args: { ...kept, with: 'riverside council', form: 'yes' },
    });
    expect(cancel).toEqual({ label: 'Cancel', command: 'cancel', args: {} });
    expect(outcome(borough?.args ?? {}).values).toMatchObject({
      with: { id: 'p0', name: 'Riverside Borough Council' },
      note: 'met Jane: “hi”',
    });
  });

  it('is asked of a form too', () => {
    const asked = outcome({ with: 'riverside', note: 'met', words: '' });
    expect(asked.said).toBe("Which Riverside did you mean? I've kept your words.");
    expect(asked.buttons?.[0]).toMatchObject({ args: { with: '#p2', note: 'met', once: 'key-1' } });
  });

  it('may be somebody new, who is added only by a press', () => {
    const asked = typed('with:"Zzz Trust" met Jane');
    expect(asked.said).toBe("I don't know Zzz Trust yet. Shall I add it? I've kept your words.");
    expect(labels(asked)).toEqual(['Add Zzz Trust', 'Another', 'Cancel']);
    const [add] = asked.buttons ?? [];
    expect(add?.args).toEqual({ with: '+Zzz Trust', note: 'met Jane', once: 'key-1' });
    expect(outcome(add?.args ?? {}).values?.with).toMatchObject({ name: 'Zzz Trust', isNew: true });
  });

  it('is guessed from free words for a button; any other answer keeps all of them as the note', () => {
    const asked = typed('Grundwood Youth met Jane how:call');
    expect(labels(asked)).toEqual(['Add Grundwood Youth', 'Groundwork UK', 'Another', 'Cancel']);
    const [add, near, another] = asked.buttons ?? [];
    expect(add?.args).toMatchObject({ with: '+Grundwood Youth', note: 'met Jane', how: 'call' });
    expect(near?.args).toMatchObject({
      with: '#p15',
      note: 'Grundwood Youth met Jane',
      how: 'call',
    });
    expect(another?.args).toMatchObject({ note: 'Grundwood Youth met Jane', form: 'yes' });
    expect(another?.args.with).toBeUndefined();
  });

  it('is not added where the command cannot', () => {
    const asked = typed('riverside housng please', show);
    expect(asked.said).toBe(
      "I don't know riverside housng please. Did you mean one of these? I've kept your words.",
    );
    expect(labels(asked)?.[0]).toBe('Riverside Housing');
    expect(labels(asked)?.join()).not.toContain('Add');
    expect(typed('zzz', show).said).toContain('Say it another way');
  });

  it('is not one that is archived', () => {
    const sentence =
      'Old Mill Trust is no longer in the register: it was archived. Bring it back with partner restore';
    expect(typed('old mill trust met us').said).toContain(sentence);
    expect(outcome({ with: 'Old mill trust' }).said).toContain(sentence);
    expect(typed('old mill met us').said).toContain("I don't know Old Mill yet.");
  });
});
