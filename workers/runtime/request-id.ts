import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

export const requestIdHeader = 'x-request-id'

/** Takes the caller's request id where it is well formed (it goes into logs and headers), else makes one. */
export function readRequestId(request: Pick<IncomingMessage, 'headers'>): string {
  const given = request.headers[requestIdHeader]
  return typeof given === 'string' && /^[\w.:-]{1,128}$/.test(given) ? given : randomUUID()
}
