import { createHash, randomBytes } from 'node:crypto'

/** What a request says about the trace it is part of. Source: W3C Trace Context, https://www.w3.org/TR/trace-context/ */
export interface TraceContext {
  /** 32 hexadecimal digits that name the whole trace. */
  readonly traceId: string
  /** Two hexadecimal digits; 01 where the caller records it. */
  readonly flags: string
}

/** A later version may say more after the flags; version ff is forbidden, and version 00 ends there. */
const format = /^(?!ff)([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/

/** Reads the header `traceparent`; null where it is missing or breaks the format, which then counts as missing. */
export function parseTraceparent(header: unknown): TraceContext | null {
  const [, version, traceId = '', parentId = '', flags = ''] = format.exec(String(header)) ?? []
  if (version === undefined || /^0+$/.test(traceId) || /^0+$/.test(parentId)) return null
  if (version === '00' && String(header).length !== 55) return null
  return { traceId, flags }
}

/** The header for a call on behalf of a trace: every call is a part of its own. */
export function makeTraceparent({ traceId, flags }: TraceContext): string {
  return `00-${traceId}-${randomBytes(8).toString('hex')}-${flags}`
}

/** The trace of a request that came without one: always the same for the same request id. */
export function traceOfRequest(requestId: string): TraceContext {
  const digits = requestId.replaceAll('-', '').toLowerCase()
  const isTraceId = /^[0-9a-f]{32}$/.test(digits) && !/^0+$/.test(digits)
  const traceId = isTraceId ? digits : createHash('sha256').update(requestId).digest('hex').slice(0, 32)
  return { traceId, flags: '00' }
}
