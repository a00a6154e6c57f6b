import type { Logger } from '../../foundation/logger.ts'
import type { WritableDatabase } from '../../storage/connection.ts'
import type { EventBus } from '../event-bus.ts'
import { announceRecovered } from '../generation/announce-recovered.ts'
import type { GenerationViews } from '../generation/generation-views.ts'
import { recoverExpired } from '../generation/recover.ts'

interface LeaseWatchParts {
  readonly database: WritableDatabase
  readonly events: EventBus
  readonly views: GenerationViews
  readonly logger: Logger
  /** Called when jobs wait again. */
  readonly onRescued: () => void
  /** Milliseconds between two looks. */
  readonly interval?: number
  readonly now?: () => number
}

/**
 * Takes jobs back that nobody is at any more although the product runs, as where the end of one could not be stored.
 *
 * After a machine slept every lease looks expired, and those at work have not had their say yet. So a look that comes much
 * later than it should have takes nothing back.
 */
export class LeaseWatch {
  readonly #parts: LeaseWatchParts
  readonly #interval: number
  readonly #now: () => number
  #timer: NodeJS.Timeout | undefined
  #lastLook: number

  constructor(parts: LeaseWatchParts) {
    this.#parts = parts
    this.#interval = parts.interval ?? 30_000
    this.#now = parts.now ?? Date.now
    this.#lastLook = this.#now()
  }

  start(): void {
    this.#timer = setInterval(() => this.look(), this.#interval)
    this.#timer.unref()
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  /** Looks once; done by itself in intervals. */
  look(): void {
    const now = this.#now()
    const slept = now - this.#lastLook > 2 * this.#interval
    this.#lastLook = now
    if (!slept) this.#rescue(now)
  }

  #rescue(now: number): void {
    const { database, events, views, logger, onRescued } = this.#parts
    try {
      const recovered = recoverExpired(database, now)
      if (recovered.jobs === 0) return
      logger.warn(recovered, 'jobs were taken back whose leases had expired')
      announceRecovered({ events, views }, recovered, 'because nobody was at it any more')
      onRescued()
    } catch (error) {
      // As with a full disk: the next look tries again.
      logger.error({ err: error }, 'expired leases could not be taken back')
    }
  }
}
