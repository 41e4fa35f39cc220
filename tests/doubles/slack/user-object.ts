import type { Json } from '../json.ts';
import type { User } from './world.ts';

/** A user as Slack describes it to an app: https://docs.slack.dev/reference/objects/user-object */
export function userJson(user: User): Json {
  const shown = {
    id: user.id,
    team_id: user.team,
    name: user.name,
    deleted: user.deleted,
    real_name: user.name,
    profile: { real_name: user.name, display_name: user.name, team: user.team },
    is_bot: user.bot,
    is_app_user: false,
    updated: 0,
  };
  if (user.deleted) return shown;
  return {
    ...shown,
    tz: user.zone,
    tz_label: user.zone,
    tz_offset: 0,
    is_admin: user.admin || user.owner,
    is_owner: user.owner,
    is_primary_owner: false,
    is_restricted: user.guest !== 'no',
    is_ultra_restricted: user.guest === 'channel',
  };
}
