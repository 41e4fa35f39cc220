import type { RequestHandler } from 'express';
import { HttpError } from './http-error.ts';

/**
 * Lets in only this page and scripts on this machine. A foreign site could point a name of its own at 127.0.0.1
 * (DNS rebinding), or have a visitor's browser post here (CSRF): the first is known by its `Host`, the second by
 * its `Origin` or by a content type that a browser may send unasked.
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
      if (!request.is('application/json')) {
        throw new HttpError('Send JSON, with the header content-type: application/json.', 415);
      }
    }
    next();
  };
}

/** Headers on everything: nothing but our own files runs, and nobody frames, sniffs or keeps what is shown. */
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
    // No text can ever become markup, not even by a mistake of ours.
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
