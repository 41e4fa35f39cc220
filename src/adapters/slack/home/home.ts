import { freshKey } from '../../../core/base/id.ts';
import { errorFields } from '../../../core/base/log.ts';
import type { Heard, HeardHome } from '../heard.ts';
import { homeHeard } from '../receive.ts';
import { type Parts, readerFor, type Scene, sceneOf } from '../scene.ts';
import { homeOf } from './home-view.ts';

/** The command whose answer the App Home shows. */
const TODAY = 'today';
/** Changes within this time (ms) are shown at once. */
const PAUSE = 1_000;
/** How long after somebody has opened their Home it is kept up to date (ms). */
const LATELY = 3_600_000;
/** How many people's Homes are remembered as opened, and how many of a partnership's are shown anew at a change. */
const MOST_REMEMBERED = 5_000;
const MOST_REFRESHED = 20;

/** The App Homes: https://docs.slack.dev/surfaces/app-home */
export interface Homes {
  /** Somebody opens their Home. Never throws. */
  opened(heard: HeardHome): Promise<void>;
  /** Somebody looks at theirs: they have pressed something there. */
  looking(heard: Pick<Heard, 'team' | 'user'>, scene: Scene): void;
  /** Something has been written: those who look at theirs soon see it so. Returns at once. */
  changed(partnership: string): void;
  stop(): void;
}

interface Viewer {
  team: string;
  user: string;
  partnership: string;
}

/** The Homes of everybody, shown anew for those who look at theirs. */
export function homesOver(parts: Parts): Homes {
  const { bot, commands, clock, log } = parts;
  const lately = new Map<string, Viewer & { at: number }>();
  const waiting = new Map<string, NodeJS.Timeout>();

  /** @param unasked true where nobody has just opened it. */
  async function show(heard: HeardHome, unasked: boolean): Promise<Scene | undefined> {
    if (!commands.has(TODAY)) return undefined;
    try {
      const shown = await bot.enqueue(heard.team, () => look(heard, unasked));
      if (!shown) return undefined;
      const { scene, view } = shown;
      await scene.client.views.publish({ user_id: heard.user, view });
      return scene;
    } catch (error) {
      log.warn(errorFields(error), 'slack home not shown');
      return undefined;
    }
  }

  async function look(heard: HeardHome, unasked: boolean) {
    const scene = await sceneOf(heard, {}, parts);
    if (!scene) return undefined;
    const { actor, partnership, profiles } = scene;
    const said = { command: TODAY, args: {}, key: heard.key, place: heard.place };
    const invocation = { ...said, actor, partnership, profiles };
    const answer = await bot.handle(unasked ? { ...invocation, unasked } : invocation);
    return { scene, view: homeOf(answer.reply, await readerFor(scene, heard.team, parts)) };
  }

  function refreshSoon(viewer: Viewer): void {
    const key = keyOf(viewer);
    if (waiting.has(key)) return;
    const timer = setTimeout(() => {
      waiting.delete(key);
      void show(homeHeard(viewer.team, viewer.user, `slack-home-${freshKey()}`), true);
    }, PAUSE);
    waiting.set(key, timer.unref());
  }

  const looking: Homes['looking'] = ({ team, user }, { partnership }) => {
    const viewer = { team, user, partnership, at: clock.now().getTime() };
    lately.delete(keyOf(viewer));
    lately.set(keyOf(viewer), viewer);
    if (lately.size > MOST_REMEMBERED) lately.delete(lately.keys().next().value as string);
  };

  return {
    looking,
    async opened(heard) {
      const scene = await show(heard, false);
      if (scene) looking(heard, scene);
    },
    changed(partnership) {
      const since = clock.now().getTime() - LATELY;
      const viewers = [...lately.values()].filter(
        (viewer) => viewer.partnership === partnership && viewer.at > since,
      );
      for (const viewer of viewers.slice(-MOST_REFRESHED)) refreshSoon(viewer);
    },
    stop() {
      for (const timer of waiting.values()) clearTimeout(timer);
      waiting.clear();
    },
  };
}

const keyOf = ({ team, user }: Viewer) => `${team}/${user}`;
