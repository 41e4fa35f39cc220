import { type Json, listOf, objectOf, textOf } from '../json.ts';

/** What the app's manifest allows. Without a manifest everything is allowed. */
export interface ManifestRules {
  scopes: readonly string[];
  /** Throws when Slack would not offer or send it. */
  command(name: string): void;
  shortcut(callback: string, type: 'message' | 'global'): void;
  interactive(): void;
  /** Menus that ask the app for their options. */
  suggestions(): void;
  home(): void;
  subscribed(event: string): boolean;
  /** Whether the app's direct messages are shown. */
  messagesTab: boolean;
  /** Whether a whole organisation may install it. */
  orgWide: boolean;
}

/** The scopes of an app that may use everything in the double. */
const ALL_SCOPES = `commands chat:write users:read team:read channels:read groups:read im:read
  im:write im:history app_mentions:read channels:join files:write files:read`.split(/\s+/);

const nothing = () => {};
const anything: ManifestRules = {
  scopes: ALL_SCOPES,
  command: nothing,
  shortcut: nothing,
  interactive: nothing,
  suggestions: nothing,
  home: nothing,
  subscribed: () => true,
  messagesTab: true,
  orgWide: true,
};

/** Reads a manifest as Slack would: https://docs.slack.dev/reference/app-manifest */
export function manifestRules(manifest: Json | undefined): ManifestRules {
  if (!manifest) return anything;
  const features = objectOf(manifest.features);
  const settings = objectOf(manifest.settings);
  const interactivity = objectOf(settings.interactivity);
  const socket = settings.socket_mode_enabled === true;
  const tabs = objectOf(features.app_home);
  const events = objectOf(settings.event_subscriptions);
  const url = (fields: Json, name: string) => socket || typeof fields[name] === 'string';
  const need = (fine: boolean, words: string) => {
    if (!fine) throw new Error(`The manifest does not allow it: ${words}.`);
  };
  const known = (what: unknown, name: string, value: string) =>
    listOf(what).find((one) => textOf(one[name]) === value);
  return {
    scopes: objectOf(objectOf(manifest.oauth_config).scopes).bot as string[],
    command(name) {
      const found = known(features.slash_commands, 'command', name);
      need(found !== undefined && url(found, 'url'), `no command ${name}`);
    },
    shortcut(callback, type) {
      const found = known(features.shortcuts, 'callback_id', callback);
      need(found?.type === type, `no ${type} shortcut ${callback}`);
    },
    interactive() {
      const fine = interactivity.is_enabled === true && url(interactivity, 'request_url');
      need(fine, 'interactivity is off');
    },
    suggestions: () =>
      need(url(interactivity, 'message_menu_options_url'), 'no message_menu_options_url'),
    home: () => need(tabs.home_tab_enabled === true, 'no Home tab'),
    subscribed: (event) =>
      Array.isArray(events.bot_events) &&
      events.bot_events.includes(event) &&
      url(events, 'request_url'),
    messagesTab: tabs.messages_tab_enabled === true,
    orgWide: settings.org_deploy_enabled === true,
  };
}
