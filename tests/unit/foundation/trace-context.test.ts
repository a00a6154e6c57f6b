import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chooseRequestId, traceparentOf } from '../../../orchestrator/foundation/request-context.ts'
import { parseTraceparent, traceOfRequest } from '../../../orchestrator/foundation/trace-context.ts'

const traceId = '0af7651916cd43dd8448eb211c80319c'
const header = `00-${traceId}-b7ad6b7169203331-01`

test('[trace-context] a caller that sends only its trace gives the request its name', () => {
  expect(chooseRequestId(undefined, header)).toBe(traceId)
  expect(traceparentOf(traceId)).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`))
  expect(traceparentOf(traceId)).not.toBe(header)
})

test('[trace-context] a caller that sends both keeps both', () => {
  expect(chooseRequestId('mine', header)).toBe('mine')
  expect(traceparentOf('mine')).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`))
})

test.each([
  undefined,
  '',
  header.toUpperCase(),
  `ff${header.slice(2)}`,
  `${header}-more`,
  `00-${'0'.repeat(32)}-b7ad6b7169203331-01`,
  `00-${traceId}-${'0'.repeat(16)}-01`,
  `00-${traceId}-b7ad6b7169203331`,
  [header, header],
])('[trace-context] %j counts as missing', (broken) => {
  expect(parseTraceparent(broken)).toBeNull()
})

test('[trace-context] a later version may say more', () => {
  expect(parseTraceparent(`cc${header.slice(2)}-more`)).toEqual({ traceId, flags: '01' })
})

test('[trace-context] every request has a trace, and always the same', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Za-z0-9._-]{1,64}$/), (requestId) => {
      expect(traceOfRequest(requestId)).toEqual(traceOfRequest(requestId))
      expect(parseTraceparent(traceparentOf(requestId))?.traceId).toBe(traceOfRequest(requestId).traceId)
    }),
  )
})
