import { describe, expect, test } from 'vitest'
import { ProductError, toErrorBody } from '../../../contracts/errors.ts'
import { noticeOf } from '../../../ui/app/finish-notice.ts'
import { generation } from './support.ts'

const long = { started_at: '2026-03-01T10:00:00.000Z', finished_at: '2026-03-01T10:00:10.000Z' }

describe('a notice that work has ended', () => {
  test('tells of long work that is finished or has failed', () => {
    expect(noticeOf(generation(1, long))).toEqual({ title: 'Your picture is finished', body: 'a red boat' })
    const error = toErrorBody(new ProductError('engine_failed'), null)
    expect(noticeOf(generation(1, { ...long, state: 'failed', error }))).toEqual({
      title: 'Your picture was not made',
      body: 'The image engine failed.',
    })
  })

  test('is not given for what was quick, what a person cancelled and what has not ended', () => {
    expect(noticeOf(generation(1, { ...long, finished_at: '2026-03-01T10:00:09.999Z' }))).toBeNull()
    expect(noticeOf(generation(1, { ...long, state: 'cancelled' }))).toBeNull()
    expect(noticeOf(generation(1, { ...long, finished_at: null }))).toBeNull()
    expect(noticeOf(generation(1, { ...long, started_at: null }))).toBeNull()
  })
})
