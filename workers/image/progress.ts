import type { Progress } from '../../contracts/entities/generation.ts'

/** What the last generation took to decode; pictures of one size on one model take about the same. */
export class DecodingExperience {
  #millisecondsPerPixel: number | null = null

  learn(milliseconds: number, pixels: number): void {
    this.#millisecondsPerPixel = milliseconds / pixels
  }

  /** @returns milliseconds; null before anything was learnt */
  expect(pixels: number): number | null {
    return this.#millisecondsPerPixel === null ? null : this.#millisecondsPerPixel * pixels
  }
}

/** Turns what an engine reports into progress as people see it. All times in milliseconds. */
export class ProgressTracker {
  readonly #expectedDecoding: number | null
  readonly #now: () => number
  readonly #begin: number
  #phase: Progress['phase'] = 'preparing'
  #phaseBegin: number
  #step = 0
  #total: number

  /**
   * @param total steps over the whole batch, as far as it is known before the engine tells
   * @param expectedDecoding how long decoding the whole batch should take; null where nothing is known
   * @param now a clock that only goes forward
   */
  constructor(total: number, expectedDecoding: number | null, now: () => number = () => performance.now()) {
    this.#total = total
    this.#expectedDecoding = expectedDecoding
    this.#now = now
    this.#begin = now()
    this.#phaseBegin = this.#begin
  }

  get elapsed(): number {
    return Math.round(this.#now() - this.#begin)
  }

  /** How long the phase has lasted that is on now. */
  get phaseElapsed(): number {
    return this.#now() - this.#phaseBegin
  }

  enter(phase: Progress['phase']): Progress {
    this.#phase = phase
    this.#phaseBegin = this.#now()
    return this.current()
  }

  advance(step: number, total: number): Progress {
    // Steps of one picture may come late and out of order; progress that goes back would only confuse.
    this.#step = Math.max(this.#step, step)
    this.#total = total
    return this.current()
  }

  current(): Progress {
    const remaining = this.#remaining()
    return {
      phase: this.#phase,
      step: this.#step,
      total: this.#total,
      elapsed_ms: this.elapsed,
      remaining_ms: remaining === null ? null : Math.max(0, Math.round(remaining)),
    }
  }

  #remaining(): number | null {
    if (this.#phase === 'decoding') {
      return this.#expectedDecoding === null ? null : this.#expectedDecoding - this.phaseElapsed
    }
    if (this.#phase !== 'sampling' || this.#step === 0) return null
    const sampling = (this.phaseElapsed / this.#step) * (this.#total - this.#step)
    return sampling + (this.#expectedDecoding ?? 0)
  }
}
