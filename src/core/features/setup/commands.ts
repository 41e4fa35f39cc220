import * as shared from '../../cards/settings-args.ts';
import { type Deps, defineCommand } from '../../command/command.ts';
import { type Digest, digestId, digests } from '../../domain/digests/digest.ts';
import { dayRule, USUAL_MINUTE } from '../../domain/digests/rules.ts';
import { switchOff, switchOn } from '../../domain/digests/switch.ts';
import { refuseLeft } from '../../domain/followups/rules.ts';
import { giveRole } from '../../domain/membership/give-role.ts';
import { partnerships } from '../../domain/partnerships/partnership.ts';
import { changeSettings } from '../../domain/settings/change.ts';
import type { RawArgs } from '../../message/invocation.ts';
import type { Reply } from '../../message/reply.ts';
import { setUpCard } from './cards.ts';

/** What a partnership begins with, in one form. Done again it changes what is different, and doubles nothing. */
const setUp = defineCommand({
  name: 'setup',
  summary: 'Set up: your name, time zone, bank holidays, a digest, who is a worker',
  examples: ['setup Big Local Riverside zone:Europe/London channel:#partners worker:@Tom'],
  args: {
    name: { ...shared.name, needed: true },
    zone: shared.zone,
    calendar: shared.calendar,
    channel: {
      kind: 'channel',
      summary: 'Where a digest is posted each Monday at 9:00; without one there is none',
      ask: 'In which channel shall a digest be posted?',
    },
    worker: {
      kind: 'member',
      summary: 'Somebody whose brief is to come each day; more can be named later',
      ask: 'Who is a worker?',
    },
  },
  words: ['name'],
  audience: 'actor',
  guard: 'coordinate',
  writes: true,
  async prefill(_, { store }): Promise<RawArgs> {
    const partnership = await store.of(partnerships).get(store.partnership);
    if (!partnership) return {};
    const { name, zone, calendar } = partnership;
    const digest = await weeklyDigest(store);
    const isOn = digest !== undefined && digest.nextAt !== null;
    return { name, zone, calendar, channel: isOn ? `<#${digest.channel.channel}>` : '' };
  },
  async run({ args, raw, receipt }, deps): Promise<Reply> {
    const { name, zone, calendar, channel } = args;
    const worker = args.worker && deps.directory.member(args.worker.id);
    refuseLeft(args.worker, deps.directory, 'worker');
    const partnership = await changeSettings(
      {
        name,
        ...(zone !== undefined && { zone }),
        ...(calendar !== undefined && { calendar }),
        setUpAt: deps.partnership.setUpAt ?? deps.now,
      },
      deps,
    );
    const now = { ...deps, partnership };
    // An emptied box switches it off; where there was no box, nothing was said about it.
    if (raw.channel === '') await switchOff('weekly', now);
    if (channel) await postIn(channel, now);
    // A coordinator stays one.
    const named = worker?.role === 'member' ? await giveRole(worker.id, 'worker', now) : worker;
    const digest = await weeklyDigest(deps.store);
    return setUpCard({ partnership, digest, worker: named }, receipt);
  },
});

export const setUpCommands = [setUp];

const weeklyDigest = (store: Deps['store']): Promise<Digest | undefined> =>
  store.of(digests).get(digestId(store.partnership, 'weekly'));

/** Has the weekly digest posted in a channel; one that is posted there already keeps its day and time. */
async function postIn(channel: Digest['channel'], deps: Deps): Promise<void> {
  const digest = await weeklyDigest(deps.store);
  const isThere = digest?.nextAt && digest.channel.channel === channel.channel;
  if (isThere) return;
  const usual = dayRule({ every: 'week', day: undefined, date: undefined });
  const { weekday = usual.weekday, minute = USUAL_MINUTE } = digest ?? {};
  await switchOn({ ...usual, weekday, minute, channel }, deps);
}
