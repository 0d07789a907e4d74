// SPDX-License-Identifier: Apache-2.0
// What stands in front of routes in both services.
import { timingSafeEqual } from 'node:crypto';
import type { IRouter, Request, RequestHandler } from 'express';
import { DomainError } from '../errors.ts';
import { isLocalRequest } from './local-request.ts';

/** Once `isStopping` is true, every request is refused. */
export function refuseWhen(isStopping: () => boolean = () => false): RequestHandler {
  return (_req, _res, next) => {
    if (isStopping()) throw new DomainError('not-ready');
    next();
  };
}

/** After the handlers of the methods that the path has. HEAD is served wherever GET is. */
export function refuseOtherMethods(router: IRouter, path: string, methods: readonly string[]): void {
  const allow = methods
    .map((method) => method.toUpperCase())
    .flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
    .join(', ');
  router.all(path, (_req, res) => {
    res.set('Allow', allow);
    throw new DomainError('method-not-allowed', { allow });
  });
}

export const refuseUnknownRoutes: RequestHandler = () => {
  throw new DomainError('route-not-found');
};

/** With a token only its bearer, from this machine too; without one only this machine, and nobody through a proxy on it. */
export function mayReadMetrics(req: Request, token: string | undefined): boolean {
  if (token === undefined) return isLocalRequest(req);
  const given = Buffer.from(bearerToken(req) ?? '');
  const wanted = Buffer.from(token);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** RFC 6750, section 2.1, with any visible characters. */
export function bearerToken(req: Request): string | undefined {
  return /^Bearer ([\x21-\x7e]+)$/i.exec(req.get('authorization') ?? '')?.[1];
}
