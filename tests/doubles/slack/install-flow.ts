import type { Grant } from './web-api/oauth.ts';
import type { User, World } from './world.ts';

/** How a user answers when Slack asks whether the app may be installed. */
export interface Consent {
  /** For the whole organisation. */
  orgWide?: boolean;
  /** The user says no. */
  deny?: boolean;
  /** Another `state` than the app's, as an attacker would send. */
  state?: string;
  /** The browser has lost the cookie. */
  withoutCookie?: boolean;
}

export interface InstallResult {
  /** The app's last answer. */
  status: number;
  text: string;
  /** The address of the app's redirect. */
  location: string | undefined;
  /** Calls the same redirect again. */
  again(): Promise<InstallResult>;
}

interface InstallFlowDeps {
  world: World;
  grants: Map<string, Grant>;
  violation(words: string): void;
  allowsOrgWide: boolean;
}

/**
 * A user follows the app's install link, agrees at Slack, and is redirected to the app with a code:
 * https://docs.slack.dev/authentication/installing-with-oauth
 */
export async function installFlow(
  deps: InstallFlowDeps,
  user: User,
  installUrl: string,
  consent: Consent = {},
): Promise<InstallResult> {
  const first = await fetch(installUrl, { redirect: 'manual' });
  const page = await first.text();
  const link = first.headers.get('location') ?? linkIn(page);
  const asked = new URL(link, installUrl).searchParams;
  const cookie = first.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const back = new URL(asked.get('redirect_uri') ?? '/slack/oauth_redirect', installUrl);
  const target = new URL(back.pathname, installUrl);
  target.search = new URLSearchParams({
    ...consentParams(deps, user, asked, consent),
    state: consent.state ?? asked.get('state') ?? '',
  }).toString();
  return visit(target, consent.withoutCookie ? '' : cookie);
}

/** The parameters of Slack's redirect: a code, or the error that the user said no. */
function consentParams(
  deps: InstallFlowDeps,
  user: User,
  asked: URLSearchParams,
  consent: Consent,
): Record<string, string> {
  const { world, grants, violation } = deps;
  const scopes = (asked.get('scope') ?? '').split(',').filter(Boolean);
  if (asked.get('client_id') !== world.app.clientId) violation('oauth: client_id');
  if (!scopes.length) violation('oauth: no scopes');
  if (consent.deny) return { error: 'access_denied' };
  const team = world.teams.get(user.team);
  const orgWide = consent.orgWide === true;
  if (!team || (orgWide && !(team.enterprise && deps.allowsOrgWide)))
    throw new Error('Slack does not offer to install it there.');
  const code = world.id('code.');
  const redirect = asked.get('redirect_uri') ?? undefined;
  grants.set(code, { team, user, orgWide, scopes, redirect });
  return { code };
}

function linkIn(page: string): string {
  const link = page.match(/href="([^"]*client_id=[^"]*)"/)?.[1];
  if (!link) throw new Error(`There is no link to Slack on the page: ${page.slice(0, 300)}`);
  return link.replaceAll('&amp;', '&');
}

async function visit(target: URL, cookie: string): Promise<InstallResult> {
  const response = await fetch(target, { redirect: 'manual', headers: cookie ? { cookie } : {} });
  return {
    status: response.status,
    text: await response.text(),
    location: response.headers.get('location') ?? undefined,
    again: () => visit(target, cookie),
  };
}
