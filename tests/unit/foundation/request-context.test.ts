import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  chooseRequestId,
  currentRequestId,
  withRequestId,
} from '../../../orchestrator/foundation/request-context.ts'

test.each(['a', 'request-1', 'A.b_c-9', 'x'.repeat(64)])('[contracts-errors] %j is taken as it is', (id) => {
  expect(chooseRequestId(id)).toBe(id)
})

test.each([undefined, '', ' ', 'a b', 'a\nb', 'ä', 'a"b', 'x'.repeat(65), ['a', 'b'], 7])(
  '[contracts-errors] %j is replaced',
  (offered) => {
    expect(chooseRequestId(offered)).toMatch(/^[0-9a-f-]{36}$/)
  },
)

test('[http-headers] whatever is offered, the id can stand in a header and a log line', () => {
  fc.assert(
    fc.property(fc.anything(), (offered) => {
      expect(chooseRequestId(offered)).toMatch(/^[A-Za-z0-9._-]{1,64}$/)
    }),
  )
})

test('the id is known to everything that is done for the request, and to nothing else', async () => {
  expect(currentRequestId()).toBeNull()
  const [one, two] = await Promise.all(
    ['one', 'two'].map((id) =>
      withRequestId(id, async () => {
        await new Promise((resolve) => setTimeout(resolve, 5))
        return currentRequestId()
      }),
    ),
  )
  expect([one, two]).toEqual(['one', 'two'])
  expect(currentRequestId()).toBeNull()
})
