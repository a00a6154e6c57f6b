import { describe, expect, test } from 'vitest'
import { pickCurrent } from '../../../ui/features/generate/pick-current.ts'
import { generation } from './support.ts'

const older = generation(10, { finished_at: '2026-03-01T10:00:00.000Z' })
const newer = generation(20, { finished_at: '2026-03-01T11:00:00.000Z' })
const running = generation(30, { state: 'running' })
const first = generation(40, { state: 'queued', queue_position: 0 })
const second = generation(50, { state: 'queued', queue_position: 1 })

describe('the picture that is shown large', () => {
  test('is the one a person picked', () => {
    expect(pickCurrent([second, first, running, newer, older], '10')).toBe(older)
  })

  test('else the one in the making, else the next in line', () => {
    expect(pickCurrent([second, first, running, newer], null)).toBe(running)
    expect(pickCurrent([second, first, newer], null)).toBe(first)
  })

  test('else the one that was finished last, also where another was asked for later', () => {
    const lateOrder = generation(60, { finished_at: '2026-03-01T10:30:00.000Z' })
    expect(pickCurrent([lateOrder, newer, older], null)).toBe(newer)
  })

  test('is not a cancelled one where there is anything to see', () => {
    const cancelled = generation(70, { state: 'cancelled', finished_at: '2026-03-02T00:00:00.000Z' })
    expect(pickCurrent([cancelled, newer], null)).toBe(newer)
    expect(pickCurrent([cancelled], null)).toBe(cancelled)
  })

  test('follows the work where the picked one is gone, and is none where there are none', () => {
    expect(pickCurrent([newer, older], '99')).toBe(newer)
    expect(pickCurrent([], null)).toBeNull()
  })
})
