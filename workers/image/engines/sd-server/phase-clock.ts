import type { EngineTimings } from '../engine.ts'

/** Measures the phases of a generation, which the program names only by beginning them. */
export class PhaseClock {
  readonly #now: () => number
  readonly #timings: Record<string, number> = {}
  #phase: string | null = null
  #began = 0

  /** @param now a clock in milliseconds that only goes forward */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now
  }

  enter(phase: string): void {
    this.stop()
    this.#phase = phase
    this.#began = this.#now()
  }

  /** Ends the phase that is on; gives what each took so far, in milliseconds. */
  stop(): EngineTimings {
    if (this.#phase !== null) {
      const before = this.#timings[this.#phase] ?? 0
      this.#timings[this.#phase] = before + this.#now() - this.#began
    }
    this.#phase = null
    return this.#timings
  }
}
