import type { Json } from '../json.ts';
import type { Installation, View, World } from './world.ts';

type Fields = Pick<View, 'team' | 'user'> & Partial<View>;

/** A new view. */
export function newView(world: World, sent: Json, fields: Fields): View {
  const id = world.id('V');
  return {
    root: id,
    previous: undefined,
    trigger: undefined,
    ...fields,
    id,
    hash: `${world.ts()}.hash`,
    sent,
    at: world.now(),
  };
}

/** A view in answers and payloads, with what its user has entered. */
export function viewJson(world: World, view: View, app: Installation, values: Json = {}): Json {
  return {
    id: view.id,
    team_id: view.team,
    title: null,
    submit: null,
    close: null,
    private_metadata: '',
    callback_id: '',
    external_id: '',
    clear_on_close: false,
    notify_on_close: false,
    ...view.sent,
    state: { values },
    hash: view.hash,
    previous_view_id: view.previous ?? null,
    root_view_id: view.root,
    app_id: world.app.id,
    app_installed_team_id: app.team ?? app.enterprise,
    bot_id: app.bot,
  };
}
