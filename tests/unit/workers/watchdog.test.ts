import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Watchdog, type Hang } from '../../../workers/image/engines/embedded/watchdog.ts'

const patience = { heartbeatMs: 1000, stallMs: 5000 }

describe('the watchdog', () => {
  let hangs: Hang[]
  let dog: Watchdog

  beforeEach(() => {
    vi.useFakeTimers()
    hangs = []
    dog = new Watchdog(patience, (hang) => hangs.push(hang))
  })
  afterEach(() => {
    dog.stop()
    vi.useRealTimers()
  })

  /** Time goes by while the engine gives the sign every half second. */
  function pass(milliseconds: number, sign: 'nothing' | 'alive' | 'progress'): void {
    for (let passed = 0; passed < milliseconds; passed += 500) {
      dog.hear(sign)
      vi.advanceTimersByTime(500)
    }
  }

  it('is content with an engine that gets on', () => {
    pass(20_000, 'progress')
    expect(hangs).toEqual([])
  })

  it('gives up a silent engine, once', () => {
    pass(900, 'progress')
    pass(3000, 'nothing')
    expect(hangs).toEqual(['silent'])
  })

  it('gives up an engine that lives but gets nowhere', () => {
    pass(4900, 'alive')
    expect(hangs).toEqual([])
    pass(1000, 'alive')
    expect(hangs).toEqual(['stalled'])
  })

  it('does not blame the engine for the time in which it was stopped itself', () => {
    const later = performance.now() + 60_000
    const clock = vi.spyOn(performance, 'now').mockReturnValue(later)
    dog.hear('progress')
    clock.mockReturnValue(later + 1500)
    vi.advanceTimersByTime(250)
    clock.mockRestore()
    expect(hangs).toEqual([])
  })

  it('is quiet after it was stopped', () => {
    dog.stop()
    pass(60_000, 'nothing')
    expect(hangs).toEqual([])
  })
})
