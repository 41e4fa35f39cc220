import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { VisibleMessage, VisibleView } from '../../doubles/slack/visible-messages.ts';
import { atEnd } from '../../fixtures/at-end.ts';
import { workbook } from '../../fixtures/workbook.ts';
import { type ConnectionKind, type SlackHarness, startHarnessWithPartner } from './harness.ts';

const FILE = 'The list, as .xlsx or CSV';
const PASTED = 'Or paste it';

const towns = workbook({
  Towns: [
    ['name', 'last contact'],
    ['Orchard Trust', { day: 46300 }],
    ['Whitby Museum', ''],
  ],
});

describe.each<ConnectionKind>(['socket', 'http'])('a list as a file in Slack by %s', (by) => {
  let harness: SlackHarness;
  beforeAll(async () => {
    harness = await startHarnessWithPartner(by);
  });
  beforeEach(() => {
    harness.warnings.length = 0;
    return () => expect(harness.double.violations.splice(0)).toEqual([]);
  });

  const person = () => harness.double.as(harness.grace);
  const openForm = async () => (await person().slash('/convenor', 'partner import')).modal();
  const upload = (name: string, bytes: Buffer | string) =>
    harness.double.upload(harness.grace, name, bytes);

  /** Sends a form, and waits for the answer, which goes to where the form was asked for. */
  const previewOf = (modal: VisibleView, filled: Record<string, string>) =>
    answerTo(() => person().submit(modal, filled));

  /** Chooses a file in a new form. */
  async function choose(name: string, bytes: Buffer | string, more: Record<string, string> = {}) {
    const modal = await openForm();
    return {
      modal,
      sent: await person().submit(modal, { [FILE]: upload(name, bytes).id, ...more }),
    };
  }

  /** What went wrong at the fields of a form that stays open. */
  const problems = (sent: { errors: Record<string, string> }) => Object.entries(sent.errors ?? {});

  const heard = (): VisibleMessage[] => {
    const { double, grace } = harness;
    return double.sees(grace, double.directOf(grace)).filter(({ from }) => from !== grace.id);
  };

  async function answerTo(act: () => Promise<unknown>): Promise<VisibleMessage> {
    const before = heard().length;
    await act();
    return harness.double.until('an answer', () => heard()[before]);
  }

  /** Takes the scope away, or gives it back. */
  function allowFiles(isAllowed: boolean) {
    for (const one of harness.double.world.installations) {
      const others = [...one.scopes].filter((scope) => scope !== 'files:read');
      one.scopes = new Set(isAllowed ? [...others, 'files:read'] : others);
    }
  }

  it('the form takes a workbook, and the preview is added', async () => {
    const modal = await openForm();
    expect(modal.labels).toEqual([FILE, PASTED]);
    const preview = await previewOf(modal, { [FILE]: upload('towns.xlsx', towns).id });
    expect(preview.words).toMatch(/2 partners to add.*Orchard Trust.*last contact Mon 5 Oct/s);
    const added = await (await person().press(preview, 'Add 2 partners')).reply();
    expect(added.words).toContain('Added 2 partners.');
    expect(harness.warnings).toEqual([]);
  });

  it('the form takes a CSV file in the encoding of a spreadsheet, and pasted text', async () => {
    const csv = Buffer.from('name,level\nCaf\u00e9 Orchard,local\n', 'latin1');
    const chosen = await previewOf(await openForm(), { [FILE]: upload('list.csv', csv).id });
    expect(chosen.words).toContain('Café Orchard');
    const pasted = await previewOf(await openForm(), { [PASTED]: 'name\nSkipsea Hall' });
    expect(pasted.words).toContain('Skipsea Hall');
  });

  it.each([
    ['towns.pdf', Buffer.from('%PDF-1.7'), 'That is a PDF'],
    ['towns.xlsx', Buffer.from('PK\u0003\u0004 and no more'), "I can't read that kind of file"],
    ['towns.csv', 'name\n', 'only its first line'],
    ['towns.csv', 'x'.repeat(4_300_000), 'larger than I can read'],
  ])('%s that cannot be read is refused at its box, which stays open', async (name, bytes, why) => {
    const { sent } = await choose(name, bytes);
    expect(problems(sent)).toEqual([['file.file', expect.stringContaining(why)]]);
    expect(harness.double.modal(harness.grace)?.labels).toEqual([FILE, PASTED]);
  });

  it('a file and pasted text are asked about, and neither is dropped; nothing at all is asked for', async () => {
    const { sent } = await choose('towns.xlsx', towns, { [PASTED]: 'name\nOak' });
    expect(problems(sent)).toEqual([['box.file', expect.stringContaining('take one of them out')]]);
    const empty = await person().submit(await openForm());
    expect(problems(empty)).toEqual([['box.file', 'Choose a file, or paste the list.']]);
  });

  it('a file above the limit is not downloaded', async () => {
    const { double } = harness;
    const file = upload('towns.csv', 'name\nOak');
    file.length = 9_000_000;
    double.faults.next('download', 'server error');
    const sent = await person().submit(await openForm(), { [FILE]: file.id });
    expect(problems(sent)[0]?.[1]).toContain('larger than I can read');
    double.faults.clear();
  });

  it('a file whose size is not what Slack said is read up to the limit only', async () => {
    const file = upload('towns.csv', `name\n${'Oak\n'.repeat(1_200_000)}`);
    file.length = 20;
    const sent = await person().submit(await openForm(), { [FILE]: file.id });
    expect(problems(sent)).toHaveLength(1);
  });

  it('the token goes to no other host, and after no redirection', async () => {
    const asked: (string | undefined)[] = [];
    const elsewhere = createServer((request, response) => {
      asked.push(request.headers.authorization);
      response.end('name\nOak');
    });
    await new Promise<void>((done) => void elsewhere.listen(0, '127.0.0.1', done));
    atEnd(() => void elsewhere.close());
    const at = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/towns.csv`;
    for (const address of [at, at.replace('127.0.0.1', 'localhost'), 'not an address']) {
      const file = Object.assign(upload('towns.csv', 'name\nOak'), { address });
      const sent = await person().submit(await openForm(), { [FILE]: file.id });
      expect(problems(sent)[0]?.[1]).toContain("Slack didn't give me that file");
    }
    const moved = upload('towns.csv', 'name\nOak');
    moved.movedTo = at;
    const sent = await person().submit(await openForm(), { [FILE]: moved.id });
    expect(problems(sent)[0]?.[1]).toContain("Slack didn't give me that file");
    expect(asked).toEqual([]);
  });

  it.each(['server error', 'lost call', 'lost answer'] as const)(
    'after a %s of the download the form stays open, and works the next time',
    async (fault) => {
      const modal = await openForm();
      const file = upload('towns.csv', 'name\nHornsea Choir');
      harness.double.faults.next('download', fault);
      const sent = await person().submit(modal, { [FILE]: file.id });
      expect(problems(sent)[0]?.[1]).toContain('try again in a minute');
      expect((await previewOf(modal, { [FILE]: file.id })).words).toContain('Hornsea Choir');
    },
  );

  it('a slow file is waited for; one that cannot be read by then offers the form again', async () => {
    const { double } = harness;
    double.faults.next('download', { slow: 2_300 });
    const late = await answerTo(() => choose('towns.csv', 'name\nSewerby Band'));
    expect(late.words).toContain('Sewerby Band');
    double.faults.next('download', { slow: 2_300 });
    await choose('towns.csv', '%PDF-1.7');
    const shown = await double.until('the problem', () => {
      const view = double.modal(harness.grace);
      return view?.words.includes('That is a PDF') ? view : undefined;
    });
    expect(shown.buttons).toEqual(['Open the form']);
    await person().press(shown, 'Open the form');
    const open = await double.until('the form', () => {
      const view = double.modal(harness.grace) as VisibleView | undefined;
      return view?.labels.length ? view : undefined;
    });
    expect(open.labels).toEqual([FILE, PASTED]);
  });

  it('a deleted file, and one that somebody else uploaded, are not read', async () => {
    const modal = await openForm();
    const gone = upload('towns.csv', 'name\nOak');
    gone.state = 'deleted';
    const first = await person().submit(modal, { [FILE]: gone.id });
    expect(problems(first)[0]?.[1]).toContain('choose it again');
    const theirs = harness.double.upload(harness.tom, 'towns.csv', 'name\nOak');
    const second = await person().submit(modal, { [FILE]: theirs.id });
    expect(problems(second)[0]?.[1]).toContain('Somebody else uploaded that file');
  });

  it('without the scope the form says what to do, and takes pasted text', async () => {
    allowFiles(false);
    try {
      const modal = await openForm();
      expect(modal.labels).toEqual(['Paste the list']);
      expect(modal.words).toContain("I can't open files in this workspace yet");
      expect(modal.words).toContain('allow "files:read"');
      if (by === 'http') expect(modal.words).toContain(`${harness.url}/slack/install`);
      const preview = await previewOf(modal, { 'Paste the list': 'name\nFlamborough Club' });
      expect(preview.words).toContain('Flamborough Club');
      const answer = await answerTo(() => person().write('', { file: 'towns.csv' }));
      expect(answer.words).toContain("I can't open files in this workspace yet");
      expect(answer.buttons).toEqual(['Add a list of partners']);
    } finally {
      allowFiles(true);
    }
  });

  it('if the scope goes while the form is open, the form says so and keeps everything', async () => {
    const modal = await openForm();
    allowFiles(false);
    try {
      const sent = await person().submit(modal, { [FILE]: upload('towns.csv', 'name\nOak').id });
      expect(problems(sent)[0]?.[1]).toContain('you can paste your list');
      expect(harness.double.violations.splice(0)).toEqual([
        'files.info: missing_scope: one of files:read',
      ]);
    } finally {
      allowFiles(true);
    }
  });

  it('a file in a direct message is offered, and read after a press', async () => {
    const file = upload('towns.xlsx', towns);
    const offer = await answerTo(() => person().write('', { file }));
    expect(offer.words).toContain('Is towns.xlsx a list of partners?');
    expect(offer.buttons).toEqual(['Import partners from towns.xlsx']);
    const pressed = await person().press(offer, 'Import partners from towns.xlsx');
    expect((await pressed.reply()).words).toMatch(/Orchard Trust|already here/);
  });

  it('a file with words is offered after the answer to the words', async () => {
    const before = heard().length;
    await person().write('hello', { file: 'towns.csv' });
    const offer = await harness.double.until('an offer', () => heard()[before + 1]);
    expect(heard()[before]?.words).toContain('I keep track of who you talk with');
    expect(offer.buttons).toEqual(['Import partners from towns.csv']);
  });

  it('whoever may not keep the register is told so', async () => {
    const { double, team } = harness;
    const ada = double.addUser(team, { name: 'Ada' });
    const before = double.sees(ada, double.directOf(ada)).length;
    await double.as(ada).write('', { file: 'towns.csv' });
    const offer = await double.until('an offer', () =>
      double
        .sees(ada, double.directOf(ada))
        .slice(before)
        .find(({ buttons }) => buttons.length),
    );
    const pressed = await double.as(ada).press(offer, 'Import partners from towns.csv');
    expect((await pressed.reply()).words).toMatch(/worker|coordinator/);
  });
});
