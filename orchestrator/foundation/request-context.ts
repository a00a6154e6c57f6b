import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'

interface RequestContext {
  readonly requestId: string
}

const storage = new AsyncLocalStorage<RequestContext>()

/** What a caller may send as a request id: short, and nothing that could break a log line or a header. */
const wellFormed = /^[A-Za-z0-9._-]{1,64}$/

/** Takes the caller's request id where it is well formed, or makes one. */
export function chooseRequestId(offered: unknown): string {
  return typeof offered === 'string' && wellFormed.test(offered) ? offered : randomUUID()
}

/** Runs something on behalf of a request: everything it logs, stores and asks of workers carries the id. */
export function withRequestId<Result>(requestId: string, run: () => Result): Result {
  return storage.run({ requestId }, run)
}

/** The request that is being worked for, or null outside of any. */
export function currentRequestId(): string | null {
  return storage.getStore()?.requestId ?? null
}
