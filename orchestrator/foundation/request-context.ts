import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import { makeTraceparent, parseTraceparent, traceOfRequest, type TraceContext } from './trace-context.ts'

interface RequestContext {
  readonly requestId: string
}

const storage = new AsyncLocalStorage<RequestContext | null>()

/** The traces that callers named, so that the work that follows is told of them. */
const namedTraces = new Map<string, TraceContext>()
const mostNamedTraces = 1000

/** What a caller may send as a request id: short, and nothing that could break a log line or a header. */
const wellFormed = /^[A-Za-z0-9._-]{1,64}$/

/**
 * Takes the caller's request id where it is well formed, else the id of the caller's trace, or makes one.
 *
 * @param traceparent the header of that name, see trace-context.ts
 */
export function chooseRequestId(offered: unknown, traceparent?: unknown): string {
  const trace = parseTraceparent(traceparent)
  const isUsable = typeof offered === 'string' && wellFormed.test(offered)
  const requestId = isUsable ? offered : (trace?.traceId ?? randomUUID())
  if (trace !== null) rememberTrace(requestId, trace)
  return requestId
}

/** Runs something on behalf of a request: everything it logs, stores and asks of workers carries the id. */
export function withRequestId<Result>(requestId: string, run: () => Result): Result {
  return storage.run({ requestId }, run)
}

/** Runs something that outlives the request that happens to begin it, such as the life of a worker. */
export function withoutRequest<Result>(run: () => Result): Result {
  return storage.run(null, run)
}

/** The request that is being worked for, or null outside of any. */
export function currentRequestId(): string | null {
  return storage.getStore()?.requestId ?? null
}

/** The header `traceparent` for a call made for this request. */
export function traceparentOf(requestId: string): string {
  return makeTraceparent(namedTraces.get(requestId) ?? traceOfRequest(requestId))
}

function rememberTrace(requestId: string, trace: TraceContext): void {
  namedTraces.delete(requestId)
  namedTraces.set(requestId, trace)
  const [oldest] = namedTraces.keys()
  if (namedTraces.size > mostNamedTraces && oldest !== undefined) namedTraces.delete(oldest)
}
