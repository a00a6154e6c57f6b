/** How long an engine may be silent, and how long it may go without getting on; in milliseconds. */
export interface Patience {
  readonly heartbeatMs: number
  readonly stallMs: number
}

/** Why an engine was given up. */
export type Hang = 'silent' | 'stalled'

/** Watches an engine while it works and calls `onHang` at most once. */
export class Watchdog {
  readonly #patience: Patience
  readonly #onHang: (hang: Hang) => void
  readonly #interval: number
  readonly #timer: NodeJS.Timeout
  #lastLook = performance.now()
  #lastSign = performance.now()
  #lastStep = performance.now()

  constructor(patience: Patience, onHang: (hang: Hang) => void) {
    this.#patience = patience
    this.#onHang = onHang
    this.#interval = Math.min(patience.heartbeatMs, patience.stallMs, 1000) / 4
    this.#timer = setInterval(() => this.#look(), this.#interval)
  }

  /** Takes a sign of the engine: that it lives, or even that it got on with its work. */
  hear(sign: 'nothing' | 'alive' | 'progress'): void {
    if (sign === 'nothing') return
    this.#lastSign = performance.now()
    if (sign === 'progress') this.#lastStep = this.#lastSign
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #look(): void {
    const now = performance.now()
    // A worker that was itself stopped for a while (a suspended terminal, a sleeping machine) has not yet read what came.
    const wasAway = now - this.#lastLook > this.#interval + this.#patience.heartbeatMs / 2
    this.#lastLook = now
    if (wasAway) this.#lastSign = now
    const hang = this.#judge(now)
    if (hang === null) return
    this.stop()
    this.#onHang(hang)
  }

  #judge(now: number): Hang | null {
    if (now - this.#lastSign > this.#patience.heartbeatMs) return 'silent'
    return now - this.#lastStep > this.#patience.stallMs ? 'stalled' : null
  }
}
