import type { Json } from '../json.ts';
import type { User, World } from './world.ts';

/** A user as Slack describes it to an app: https://docs.slack.dev/reference/objects/user-object */
export function userJson(user: User, world: World): Json {
  const enterprise = world.teams.get(user.team)?.enterprise;
  const shown = {
    id: user.id,
    team_id: user.team,
    name: user.name,
    deleted: user.deleted,
    real_name: user.name,
    profile: { real_name: user.name, display_name: user.name, team: user.team },
    is_bot: user.bot,
    is_app_user: false,
    updated: user.updated,
  };
  if (user.deleted) return shown;
  return {
    ...shown,
    ...(enterprise && {
      enterprise_user: {
        id: user.id,
        enterprise_id: enterprise,
        enterprise_name: world.enterprises.get(enterprise),
        is_admin: false,
        is_owner: false,
        teams: user.teams ?? [],
      },
    }),
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
