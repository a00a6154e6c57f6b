import { expect, test } from 'vitest'
import { capabilities } from '../../../contracts/capabilities/index.ts'
import {
  errorBodySchema,
  errorTable,
  fromErrorBody,
  ProductError,
  toErrorBody,
  type ErrorCode,
} from '../../../contracts/errors.ts'

const codes = Object.keys(errorTable) as ErrorCode[]

test.each(codes)('[contracts-errors] %s has a status, what happened and what to do', (code) => {
  const { status, summary, advice } = errorTable[code]
  expect(status).toBeGreaterThanOrEqual(400)
  expect(status).toBeLessThan(600)
  expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/)
  for (const sentence of [summary, advice]) expect(sentence).toMatch(/^[A-Z].*\.$/)
  expect(new ProductError(code).message).toBe(`${summary} ${advice}`)
})

test('[contracts-errors] the failures a capability names are in the table, each once', () => {
  for (const { name, errors } of Object.values(capabilities)) {
    expect(new Set<string>(errors).size, name).toBe(errors.length)
    for (const code of errors) expect(codes).toContain(code)
  }
})

test('[contracts-errors] the text of a bug is told to nobody', () => {
  const body = toErrorBody(new TypeError('cannot read the password "psst"'), 'request-1')
  expect(JSON.stringify(body)).not.toContain('psst')
  expect(errorBodySchema.parse(body)).toMatchObject({
    code: 'internal_error',
    request_id: 'request-1',
    details: {},
  })
})

test.each(['text', undefined, null, 7, { code: 'disk_full' }])(
  '[contracts-errors] %j that was thrown is a bug like any other',
  (thrown) => {
    expect(toErrorBody(thrown, null).code).toBe('internal_error')
  },
)

test('[contracts-errors] an error stays the same over the border of a process', () => {
  const error = new ProductError('disk_full', 'There is no room for it.', {
    details: { needed: 7 },
    cause: new Error('psst'),
  })
  const body = toErrorBody(error, 'request-1')
  const again = fromErrorBody(errorBodySchema.parse(JSON.parse(JSON.stringify(body))))
  expect(again).toBeInstanceOf(ProductError)
  expect(toErrorBody(again, null)).toEqual(body)
  expect(JSON.stringify(body)).not.toContain('psst')
})

test("[contracts-errors] another process's request id is kept", () => {
  const error = fromErrorBody(toErrorBody(new ProductError('engine_failed'), 'theirs'))
  expect(toErrorBody(error, 'ours').request_id).toBe('theirs')
})
