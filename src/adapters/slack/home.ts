import type { HomeView } from '@slack/types';
import { randomKey } from '../../core/base/id.ts';
import { errorFields } from '../../core/base/log.ts';
import { createDirectory } from '../../core/domain/directory/directory.ts';
import { partnerships } from '../../core/domain/partnerships/partnership.ts';
import { type Standing, standingOf } from '../../core/domain/standing/standing.ts';
import { HOME_COMMAND } from '../../core/features/briefs/commands.ts';
import { type Invocation, VIEW } from '../../core/message/invocation.ts';
import { mapButtons, type Reply } from '../../core/message/reply.ts';
import { clockCache } from '../shared/clock-cache.ts';
import { handleInvocation } from '../shared/conversation.ts';
import type { HomeOpened, SlackInput } from './input/input.ts';
import { homeOpened } from './input/read-payload.ts';
import { fitParts } from './render/fit.ts';
import { MAX_BLOCKS_PER_VIEW, MAX_VIEW_BYTES } from './render/limits.ts';
import { cardParts } from './render/message.ts';
import type { ReaderContext } from './render/text.ts';
import { type RequestDeps, type SlackRequest, slackRequest } from './request.ts';

/** Changes within this time are shown together. */
const REFRESH_DELAY_MS = 1_000;
/** How long a Home is kept up to date after somebody opened it. */
const VIEWER_TTL_MS = 3_600_000;
const MAX_VIEWERS = 5_000;
/** How many Homes of a partnership are refreshed after a change: the latest ones. */
const MAX_REFRESHED_HOMES = 20;

/** Everybody's App Home: https://docs.slack.dev/surfaces/app-home */
export interface Homes {
  /** Shows their Home to somebody who opens it. Never throws. */
  open(input: HomeOpened): Promise<void>;
  /** Notes that somebody is looking at their Home. */
  noteViewer(input: Pick<SlackInput, 'team' | 'user'>, request: SlackRequest): void;
  /** Shows the answer to a button of somebody's Home above the rest of it. @returns whether it was shown. Never throws. */
  answer(input: Pick<SlackInput, 'team' | 'user'>, reply: Reply): Promise<boolean>;
  /** Refreshes the Homes of a partnership soon, for those who looked at them a short while ago. Returns at once. */
  refresh(partnership: string): void;
  stop(): void;
}

interface Viewer {
  team: string;
  user: string;
  partnership: string;
  /** The answer to the last button that they pressed there. */
  answer?: Reply;
}

export function createHomes(deps: RequestDeps): Homes {
  const { bot, commands, stores, directories, clock, log } = deps;
  const viewers = clockCache<Viewer>({ clock, max: MAX_VIEWERS, ttlMs: VIEWER_TTL_MS });
  const timers = new Map<string, NodeJS.Timeout>();

  /**
   * Shows somebody their Home. It is kept up to date if they are a member.
   * @param automatic true for a refresh.
   * @returns whether it was shown.
   */
  async function show(input: HomeOpened, automatic: boolean): Promise<boolean> {
    if (!commands.has(HOME_COMMAND)) return false;
    try {
      const home = await bot.enqueue(input.team, () => render(input, automatic));
      if (!home) return false;
      const { request, view, is } = home;
      await request.client.views.publish({ user_id: input.user, view });
      if (is === 'in' && !automatic) noteViewer(input, request);
      else if (is !== 'in' && is !== 'unknown') viewers.delete(keyOf(input));
      return true;
    } catch (error) {
      log.warn(errorFields(error), 'slack home not shown');
      return false;
    }
  }

  async function readStanding({ actor, partnership: id, profiles }: Invocation): Promise<Standing> {
    const partnership = await stores.forPartnership(id).of(partnerships).get(id);
    const directory = partnership ? await directories.of(partnership) : createDirectory([], []);
    return standingOf(actor, profiles?.[actor.user], directory);
  }

  async function render(input: HomeOpened, automatic: boolean) {
    const request = await slackRequest(input, { command: HOME_COMMAND, args: {} }, deps);
    if (!request) return undefined;
    const { invocation } = request;
    const { answer, reader } = await handleInvocation(
      automatic ? { ...invocation, automatic } : invocation,
      deps,
    );
    const { is } = await readStanding(invocation);
    const said = automatic && is === 'in' ? viewers.get(keyOf(input))?.answer : undefined;
    return { request, view: homeViewOf(below(said, answer.reply), reader), is };
  }

  function refreshNow({ team, user }: Pick<Viewer, 'team' | 'user'>): Promise<boolean> {
    const key = keyOf({ team, user });
    clearTimeout(timers.get(key));
    timers.delete(key);
    return show(homeOpened(team, user, `slack-home-${randomKey()}`), true);
  }

  function refreshSoon(viewer: Viewer): void {
    const key = keyOf(viewer);
    if (timers.has(key)) return;
    const timer = setTimeout(() => void refreshNow(viewer), REFRESH_DELAY_MS);
    timers.set(key, timer.unref());
  }

  const noteViewer: Homes['noteViewer'] = ({ team, user }, { invocation }) => {
    const viewer = { team, user, partnership: invocation.partnership };
    viewers.set(keyOf(viewer), viewer);
  };

  return {
    noteViewer,
    async open(input) {
      await show(input, false);
    },
    async answer(input, reply) {
      const viewer = viewers.get(keyOf(input));
      if (!viewer) return false;
      viewers.set(keyOf(input), { ...viewer, answer: reply });
      return refreshNow(input);
    },
    refresh(partnership) {
      const here = [...viewers.values()].filter((viewer) => viewer.partnership === partnership);
      for (const viewer of here.slice(0, MAX_REFRESHED_HOMES)) refreshSoon(viewer);
    },
    stop() {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}

const keyOf = ({ team, user }: Pick<Viewer, 'team' | 'user'>) => `${team}/${user}`;

/** A Home below the answer to one of its buttons. */
function below(answer: Reply | undefined, home: Reply): Reply {
  if (!answer) return home;
  const { text, card = [] } = home;
  return { text: answer.text, card: [...(answer.card ?? []), { kind: 'text', text }, ...card] };
}

/** A reply as an App Home, within Slack's limits. A Home shows all answers itself, so its buttons belong to no list. */
export function homeViewOf(reply: Reply, reader: ReaderContext): HomeView {
  const limits = { maxBlocks: MAX_BLOCKS_PER_VIEW, maxBytes: MAX_VIEW_BYTES };
  const ownButtons = mapButtons(reply, ({ args: { [VIEW]: _, ...args }, ...button }) => ({
    ...button,
    args,
  }));
  return { type: 'home', blocks: fitParts(cardParts(ownButtons, reader), limits) };
}
