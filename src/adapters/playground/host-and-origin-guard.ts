import type { RequestHandler } from 'express';
import { HttpError } from './http-error.ts';

/**
 * Accepts requests only from the playground's page and from scripts on this machine. A foreign site could point its
 * own name at 127.0.0.1 (DNS rebinding), which shows in `Host`; or make a visitor's browser post here (CSRF), which
 * shows in `Origin`, or in a content type that needs no preflight request.
 */
export function hostAndOriginGuard(port: () => number): RequestHandler {
  return (request, _response, next) => {
    const hosts = [`localhost:${port()}`, `127.0.0.1:${port()}`];
    if (!hosts.includes(request.headers.host ?? '')) {
      throw new HttpError(`The playground is at http://${hosts[0]} on this machine only.`, 403);
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      const { origin } = request.headers;
      if (origin !== undefined && !hosts.some((host) => origin === `http://${host}`)) {
        throw new HttpError('Only the playground’s own page and scripts may do that.', 403);
      }
      // Another site's page needs permission to send one of these types, which it does not get.
      if (!request.is(['application/json', 'application/octet-stream'])) {
        throw new HttpError('Send JSON, with the header content-type: application/json.', 415);
      }
    }
    next();
  };
}

/** Security headers for every response: only our own files run, and no site may frame the page. @param scriptHash of the one inline script. */
export function safeHeaders(scriptHash: string): RequestHandler {
  const policy = [
    "default-src 'none'",
    `script-src 'self' '${scriptHash}'`,
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    // The browser refuses to turn text into markup, even if our code tries.
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
  return (_request, response, next) => {
    response.set({
      'Content-Security-Policy': policy,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Cache-Control': 'no-cache',
    });
    next();
  };
}
