import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { ProductError } from '../../contracts/errors.ts'

/**
 * Makes the check that stands before every route.
 *
 * @param token what the orchestrator gave the worker at its start
 * @returns throws `worker_unauthenticated` without a bearer token and `worker_forbidden` with a wrong one
 */
export function createTokenCheck(token: string): (request: FastifyRequest) => void {
  const expected = digest(token)
  return function checkToken(request) {
    const given = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1]
    if (given === undefined) throw new ProductError('worker_unauthenticated')
    // Digests have one length, so neither the length nor the first differing letter shows in the time taken.
    if (!timingSafeEqual(digest(given), expected)) throw new ProductError('worker_forbidden')
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
