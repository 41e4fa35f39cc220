import { afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { type ScriptedApp, scriptedApp } from './scripted-app.ts';
import type { Channel } from './world.ts';

/** One app for a file of tests, in which nothing may go wrong, and a new channel for each test. */
export function oneApp(): { readonly app: ScriptedApp; readonly general: Channel } {
  let app: ScriptedApp;
  let general: Channel;
  beforeAll(async () => {
    app = await scriptedApp();
    return () => app.close();
  });
  beforeEach(() => {
    general = app.discord.addChannel(app.guild, { name: 'general' });
  });
  afterEach(() => expect(app.wrong()).toEqual([]));
  return {
    get app() {
      return app;
    },
    get general() {
      return general;
    },
  };
}
