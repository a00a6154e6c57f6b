import { describe, expect, it } from 'vitest'
import { DecodingExperience, ProgressTracker } from '../../../workers/image/progress.ts'

function track(expectedDecoding: number | null) {
  const clock = { now: 1000 }
  return { clock, tracker: new ProgressTracker(4, expectedDecoding, () => clock.now) }
}

describe('progress', () => {
  it('knows nothing of the rest before the first step', () => {
    const { tracker, clock } = track(null)
    expect(tracker.enter('loading')).toEqual({
      phase: 'loading',
      step: 0,
      total: 4,
      elapsed_ms: 0,
      remaining_ms: null,
    })
    clock.now += 500
    expect(tracker.enter('sampling')).toMatchObject({ elapsed_ms: 500, remaining_ms: null })
  })

  it('estimates the rest from the steps so far, and adds what decoding took before', () => {
    for (const [expected, remaining] of [
      [null, 300],
      [250, 550],
    ] as const) {
      const { tracker, clock } = track(expected)
      clock.now += 700
      tracker.enter('sampling')
      clock.now += 100
      expect(tracker.advance(1, 4)).toMatchObject({
        step: 1,
        total: 4,
        elapsed_ms: 800,
        remaining_ms: remaining,
      })
    }
  })

  it('counts decoding down to nothing, and no further', () => {
    const { tracker, clock } = track(250)
    tracker.enter('decoding')
    clock.now += 200
    expect(tracker.current().remaining_ms).toBe(50)
    clock.now += 200
    expect(tracker.current().remaining_ms).toBe(0)
    expect(track(null).tracker.enter('decoding').remaining_ms).toBeNull()
  })

  it('never goes back', () => {
    const { tracker } = track(null)
    tracker.enter('sampling')
    tracker.advance(3, 4)
    expect(tracker.advance(2, 4).step).toBe(3)
  })

  it('learns how long decoding takes for a number of pixels', () => {
    const experience = new DecodingExperience()
    expect(experience.expect(100)).toBeNull()
    experience.learn(50, 100)
    expect(experience.expect(400)).toBe(200)
  })
})
