import { describe, expect, it } from 'vitest';
import { allCommands } from '../../../src/core/bot/commands.ts';
import { buttonsOf } from '../../../src/core/message/reply.ts';
import { parseLine } from '../../../src/core/parsing/parse-line.ts';
import { declaredPhrases } from '../../../src/core/parsing/phrases.ts';
import { newTalk, type Talk } from '../../fixtures/bot.ts';

const commands = allCommands();
const phrases = [...commands.values()].flatMap(declaredPhrases);

/** Commands that delete, give away or take away: a press of the wrong button would be a pity. */
const careful = [
  /^erase/,
  /^partnership/,
  /^hand back$/,
  /^member/,
  /^unlink$/,
  /^partner archive$/,
  /^digest (?:now|off)$/,
  /^settings/,
];
const isCareful = (name: string) =>
  !['members', 'member by-hand'].includes(name) && careful.some((one) => one.test(name));

async function withPartners(...names: string[]): Promise<Talk> {
  const talk = await newTalk();
  for (const name of names) await talk.say('grace', `partner add "${name}"`);
  return talk;
}

describe('the table of phrases', () => {
  const whole = phrases.filter(({ says, needsPartner }) => !says.includes('…') && !needsPartner);
  const starts = phrases.filter(({ says, needsPartner }) => says.endsWith('…') && !needsPartner);

  it.each(whole)('$says: $command', ({ says, command, args }) => {
    for (const line of [says, `${says.toUpperCase()}?`, `please ${says}`, `Convenor, ${says}.`])
      expect(parseLine(line, commands)).toEqual({ command, args: args ?? {} });
  });

  it.each(starts)('$says: $command', ({ says, command, args, keepsLine, ignoresRest }) => {
    const line = says.replace('…', 'Wobbleton about the fair');
    const words = keepsLine ? line : 'Wobbleton about the fair';
    expect(parseLine(line, commands)).toEqual({
      command,
      args: ignoresRest ? (args ?? {}) : { ...args, words },
    });
  });

  it('has words in the middle: member add … by-hand', () => {
    for (const line of ['member add Edna Price by-hand', 'Member add Edna Price by-hand.'])
      expect(parseLine(line, commands)).toEqual({
        command: 'member by-hand',
        args: { words: 'Edna Price' },
      });
  });

  it('says everything once, and nothing that deletes or gives away', () => {
    const said = phrases.map(({ says }) => says);
    expect(said.filter((one, index) => said.indexOf(one) !== index)).toEqual([]);
    expect(phrases.filter(({ command }) => isCareful(command))).toEqual([]);
  });

  it('takes no line from a command that is typed by its name', () => {
    for (const { name, examples } of commands.values()) {
      if (examples.length === 0) continue;
      expect(parseLine(`${name} which:x`, commands).command).toBe(name);
    }
  });

  it.each(["who's gone quiet?", 'who is gone quiet', 'Who has gone quiet', 'who’s gone quiet'])(
    'short forms: %s',
    (line) => {
      expect(['quiet', 'who', 'who’s', "who's"]).toContain(parseLine(line, commands).command);
    },
  );
});

describe('a plain line never gives anything away', () => {
  it.each([
    'thank you!',
    'thanks',
    'than you',
    'thank',
    'hand bakc',
    'hand',
    'give it all back',
    'erase',
    'eras Jane Doe',
    'erese everything',
    'delete everything',
    'remove Jane',
    'wipe it',
    'forget everything',
    'partnership delte',
    'membr left',
    'member lef Tom',
    'unlnk',
    'digets now',
    'archive the shores centre',
    'stop everything',
    'I quit',
  ])('%s', async (line) => {
    const talk = await withPartners('The Shores Centre');
    await talk.say('grace', 'followup add water the tubs by:friday');
    const said = await talk.say('grace', line);
    const offered = buttonsOf(said.reply).filter(({ command }) => isCareful(command));
    const explicit = offered.filter(({ label }) => label !== 'Give my tasks back');
    expect(explicit.map(({ label }) => label)).toEqual([]);
    expect(talk.errors).toEqual([]);
    const { text } = await talk.say('grace', 'followup list');
    expect(text).toContain('water the tubs');
  });
});

describe('a line that is no command', () => {
  it('that is a partner shows what is known of it', async () => {
    const talk = await withPartners('The Shores Centre', 'Oakfield School');
    for (const line of ['shores centre', 'The Shores Centre?', 'what about the shores centre'])
      expect((await talk.say('maya', line)).text).toMatch(/^The Shores Centre · /);
  });

  it('that tells of a partner is noted by one press, with its words', async () => {
    const talk = await withPartners('The Shores Centre', 'Oakfield School');
    const asked = await talk.say('maya', 'The Shores Centre rang about the keys');
    expect(asked.text).toContain('Did that happen with The Shores Centre?');
    const noted = await talk.press('maya', 'Note it', asked);
    expect(noted.text).toBe(
      'Noted, thanks. The Shores Centre: in touch today – rang about the keys.',
    );
    const inside = await talk.say('maya', 'Pat from Oakfield School says yes to the stall');
    expect((await talk.press('maya', 'Note it', inside)).text).toBe(
      'Noted, thanks. Oakfield School: in touch today – Pat from Oakfield School says yes to the stall.',
    );
  });

  it('that may be anything is asked about, and its words are kept', async () => {
    const talk = await newTalk();
    const asked = await talk.say('maya', 'tidy up the noticeboard by friday');
    expect(asked.text).toContain("I've kept your words");
    const done = await talk.press('maya', 'Something to do', asked);
    expect(done.text).toContain('Yours to do: tidy up the noticeboard by Fri 20 Nov');
  });

  it('that asks what nobody can answer leads to a person', async () => {
    const talk = await newTalk();
    const said = await talk.say('maya', 'when does the library open on sundays');
    expect(said.text).toContain("I can't answer that");
    expect(said.buttons).toContain('I need a person');
  });

  it('that asks a member to do something asks first', async () => {
    const talk = await newTalk();
    const asked = await talk.say('grace', 'ask Tom to bring the tables');
    expect(asked.text).toBe('Shall I ask Tom: "bring the tables"?');
    expect((await talk.press('grace', 'Ask Tom', asked)).text).toContain('Tom will do it');
  });

  it('about somebody at risk is kept nowhere', async () => {
    const talk = await newTalk();
    const said = await talk.say('maya', 'Pat told me the girl is being hurt at home');
    expect(said.text).toContain("Please don't write it here");
    expect(said.buttons).not.toContain('Something to do');
    const reminder = await talk.say('maya', "remind me that I'm worried about a child");
    expect(reminder.text).toContain("Please don't write it here");
  });

  it('in a channel is not told that it is not known', async () => {
    const talk = await newTalk();
    const answer = await talk.bot.handle({
      ...talk.bot.parseLine('lovely weather'),
      actor: { platform: 'test', workspace: 'W', user: 'maya' },
      place: { platform: 'test', workspace: 'W', channel: 'general', direct: false },
      profiles: talk.profiles,
      partnership: talk.id,
      key: 'weather',
      spokenInPublic: true,
    });
    expect(JSON.stringify(answer.reply)).not.toContain("don't know");
    expect(answer.audience).toBe('actor');
  });
});

describe('the answer to a question can be typed', () => {
  it('by the name on a button, its place, or yes', async () => {
    const talk = await withPartners('Withernsea High School', 'Withernsea Town Council');
    for (const [answer, name] of [
      ['town council', 'Withernsea Town Council'],
      ['the first one', 'Withernsea High School'],
      ['2', 'Withernsea Town Council'],
      ['Withernsea High School', 'Withernsea High School'],
    ] as const) {
      const asked = await talk.say('maya', 'log withernsea met Jane');
      expect(asked.buttons).toEqual(expect.arrayContaining([name]));
      const label = asked.buttons[answer === '2' ? 1 : 0];
      const noted = await talk.say('maya', answer);
      expect(noted.text).toContain(
        `Noted, thanks. ${/\d|first/.test(answer) ? label : name}: in touch today`,
      );
    }
  });

  it('no leaves it, and a day corrects a day that could not be read', async () => {
    const talk = await withPartners('The Shores Centre', 'Oakfield School');
    await talk.say('maya', 'log shores met Jane');
    expect((await talk.say('maya', 'no')).text).toBe('OK. Nothing has changed.');
    await talk.say('maya', 'followup add send the plan by:blursday');
    expect((await talk.say('maya', 'friday')).text).toContain('send the plan by Fri 20 Nov');
    await talk.say('maya', 'followup add send the plan who:zebedee');
    expect((await talk.say('maya', 'Tom')).text).toContain("I'm asking Tom");
  });

  it('of the same person, in the same place, within a while, and not twice', async () => {
    const talk = await withPartners('The Shores Centre', 'Oakfield School');
    await talk.say('maya', 'log shores met Jane');
    expect((await talk.say('tom', 'yes')).text).toContain("I can't tell what that answers");
    expect((await talk.say('maya', 'yes')).text).toContain('Noted, thanks. The Shores Centre');
    expect((await talk.say('maya', 'yes')).text).toContain("I can't tell what that answers");
    await talk.say('maya', 'log shores met Jane');
    talk.clock.move({ minutes: 20 });
    expect((await talk.say('maya', 'yes')).text).toContain("I can't tell what that answers");
  });

  it('does not remove a note: that takes a press', async () => {
    const talk = await withPartners('The Shores Centre');
    const noted = await talk.say('maya', 'log the shores centre met Jane');
    talk.clock.move({ days: 3 });
    const change = buttonsOf(noted.reply).find(({ label }) => label === 'Change');
    const which = change?.args.which ?? '';
    const asked = await talk.invoke('maya', 'log remove', { which });
    expect(asked.text).toContain('Shall I remove');
    expect((await talk.say('maya', 'yes')).text).not.toContain('Removed');
    expect((await talk.say('maya', 'remove it')).text).not.toContain('Removed');
  });
});
