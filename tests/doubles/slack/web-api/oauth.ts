import type { Json } from '../../json.ts';
import { install } from '../populate.ts';
import { Refusal } from '../refusal.ts';
import type { Team, User, World } from '../world.ts';
import { requireSecret } from './app.ts';

/** A user's consent, until the app exchanges the code for a token. */
export interface Grant {
  team: Team;
  user: User;
  /** For the whole organisation. */
  orgWide: boolean;
  scopes: readonly string[];
  redirect: string | undefined;
}

/** Exchanges a code, once: https://docs.slack.dev/reference/methods/oauth.v2.access */
export function exchange(world: World, grants: Map<string, Grant>, args: Json): Json {
  requireSecret({ world, args });
  const code = String(args.code);
  const grant = grants.get(code);
  if (!grant) throw new Refusal('invalid_code');
  if (grant.redirect !== args.redirect_uri) throw new Refusal('bad_redirect_uri', 'redirect_uri');
  grants.delete(code);
  const { team, user, orgWide } = grant;
  const made = install(world, grant, grant.scopes);
  return {
    access_token: made.token,
    token_type: 'bot',
    scope: grant.scopes.join(','),
    bot_user_id: made.botUser,
    app_id: world.app.id,
    team: orgWide ? null : { id: team.id, name: team.name },
    enterprise: team.enterprise
      ? { id: team.enterprise, name: world.enterprises.get(team.enterprise) }
      : null,
    authed_user: { id: user.id },
    is_enterprise_install: orgWide,
  };
}
