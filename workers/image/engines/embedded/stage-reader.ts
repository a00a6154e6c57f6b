import type { EngineReport } from '../engine.ts'
import type { FromChild } from './messages.ts'

/** Lines of the native log that begin a stage; the addon's version is pinned, and a test runs the real one. */
const samplingBegins = /generating image: (\d+)\/(\d+)/
const decodingBegins = /decoding \d+ latents/

/**
 * Tells the phases of one run from the engine's log lines and ticks. Ticks alone would not do: a tiled VAE ticks too,
 * before sampling (source picture) and after it.
 */
export class StageReader {
  readonly #report: (report: EngineReport) => void
  #phase: 'encoding' | 'sampling' | 'decoding' = 'encoding'
  #picture = 0
  #pictures = 1
  #images = 0

  constructor(report: (report: EngineReport) => void) {
    this.#report = report
    report({ type: 'phase', phase: 'encoding' })
  }

  /** Takes a message of the engine; true where it shows that the work got on. */
  read(message: FromChild): boolean {
    if (message.type === 'log') return this.#readLog(message.text)
    if (message.type === 'tick') return this.#readTick(message.step, message.total)
    if (message.type !== 'image') return false
    this.#report({ type: 'image', index: this.#images, png: Buffer.from(message.png_base64, 'base64') })
    this.#images += 1
    return true
  }

  #readLog(text: string): boolean {
    const sampling = samplingBegins.exec(text)
    if (sampling !== null) {
      this.#picture = Number(sampling[1]) - 1
      this.#pictures = Number(sampling[2])
      return this.#enter('sampling')
    }
    return decodingBegins.test(text) ? this.#enter('decoding') : false
  }

  #enter(phase: 'sampling' | 'decoding'): boolean {
    if (this.#phase !== phase) this.#report({ type: 'phase', phase })
    this.#phase = phase
    return true
  }

  #readTick(step: number, total: number): boolean {
    if (this.#phase === 'sampling') {
      this.#report({ type: 'step', step: this.#picture * total + step, total: this.#pictures * total })
    }
    return true
  }
}
