import { beforeAll, describe, expect, it } from 'vitest';
import { type Json, objectOf } from '../../doubles/json.ts';
import { sampleOf } from '../../doubles/slack/contracts.ts';
import type { VisibleMessage } from '../../doubles/slack/visible-messages.ts';
import { type SlackHarness, startHarnessWithPartner } from './harness.ts';

const names = ['SlashCommand', 'BlockAction', 'MessageShortcut', 'ViewSubmission', 'ViewClosed'];
/** Keys that most real payloads do not have. */
const NO_ORGANISATION = { enterprise: null, is_enterprise_install: false };

describe('the published samples', () => {
  let harness: SlackHarness;
  let who: Json;
  beforeAll(async () => {
    harness = await startHarnessWithPartner('http');
    const { team, tom } = harness;
    who = {
      ...NO_ORGANISATION,
      team: { id: team.id, domain: 'riverside' },
      user: { id: tom.id, team_id: team.id },
    };
    return () => {
      expect(harness.double.violations).toEqual([]);
      expect(harness.warnings).toEqual([]);
    };
  });

  /** Sends a sample with some values filled in, as Slack does. @returns the acknowledgement. */
  async function send(name: string, filled: Json): Promise<string> {
    const payload = merged(sampleOf(`${name}Payload`), filled);
    const fields = name === 'SlashCommand' ? payload : { payload: JSON.stringify(payload) };
    const body = new URLSearchParams(fields as Record<string, string>).toString();
    const { status, text } = await harness.double.sendSigned(body);
    expect(status).toBe(200);
    return text;
  }

  const untilMessage = (what: string, words: RegExp): Promise<VisibleMessage> => {
    const { double, tom } = harness;
    const seen = () => double.sees(tom, double.directOf(tom));
    return double.until(what, () => seen().find((message) => words.test(message.words)));
  };

  it.each(names)('%s with blank values does no harm', async (name) => {
    const body = JSON.stringify(sampleOf(`${name}Payload`));
    const sent = await harness.double.sendSigned(new URLSearchParams({ payload: body }).toString());
    expect(sent.status).toBeLessThan(500);
  });

  it('a slash command is answered', async () => {
    const { double, team, tom } = harness;
    await send('SlashCommand', {
      command: '/convenor',
      text: 'log riverside council met at the fair',
      team_id: team.id,
      user_id: tom.id,
      channel_id: double.directOf(tom).id,
      trigger_id: 'sample.1',
    });
    expect((await untilMessage('the answer', /Noted/)).words).toContain('Riverside Council');
  });

  it('a pressed button is followed', async () => {
    const { double, tom } = harness;
    const { ts } = await untilMessage('the answer', /Noted/);
    const channel = { id: double.directOf(tom).id };
    await send('BlockAction', {
      ...who,
      ...{ channel, trigger_id: 'sample.2', view: undefined, response_url: undefined },
      container: { type: 'message', message_ts: ts, channel_id: channel.id, is_ephemeral: false },
      actions: [{ action_id: 'v1.followup list.', type: 'button' }],
    });
    await untilMessage('the list', /nothing|open/i);
  });

  it('"Log this" opens its form, and the submission is noted', async () => {
    const { double, tom } = harness;
    const { id } = double.directOf(tom);
    const trigger = { id: 'sample.3', user: tom.id, team: tom.team, at: double.world.now() };
    double.world.triggers.set(trigger.id, { ...trigger, used: false });
    await send('MessageShortcut', {
      ...who,
      ...{ callback_id: 'log_this', trigger_id: trigger.id, response_url: undefined },
      channel: { id },
      message: { text: 'They agreed to the lease', user: tom.id, ts: '1700000000.000100' },
    });
    const modal = await double.until('the form', () => double.modal(tom));
    expect(JSON.stringify(modal.blocks)).toContain('They agreed to the lease');
    const [view] = double.world.modals.get(tom.id) ?? [];
    const { callback_id, private_metadata } = objectOf(view?.sent);
    const box = (name: string, value: object) => ({
      [`box.${name}`]: { [`empty.${name}`]: value },
    });
    const values = {
      ...box('with', { selected_option: { value: 'Riverside Council' } }),
      ...box('note', { value: 'signed it' }),
    };
    const shown = { id: modal.id, hash: 'h', callback_id, private_metadata, state: { values } };
    const sent = await send('ViewSubmission', { ...who, trigger_id: 'sample.4', view: shown });
    expect(sent).toBe('{"response_action":"clear"}');
    await untilMessage('the answer', /Noted.*signed it/s);
  });
});

/** A sample with values filled in; `undefined` removes a key. */
function merged(sample: Json, filled: Json): Json {
  const entries = Object.entries({ ...sample, ...filled }).map(([key, value]) => {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    const below = objectOf(sample[key]);
    return [key, isObject && key in filled ? merged(below, value as Json) : value];
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}
