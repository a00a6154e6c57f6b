import type { z } from 'zod'
import { workerRoutes } from '../../contracts/worker.ts'
import { callWorker } from './worker-connection.ts'
import type { WorkerProcess } from './worker-process.ts'

/** How often a worker is asked for its health and when it counts as hung; milliseconds. */
export interface HealthLimits {
  readonly intervalMs: number
  readonly timeoutMs: number
  /** So many questions in a row without an answer mean that it hangs. */
  readonly misses: number
}

/** A watch over one worker's health. */
export interface HealthWatch<Health> {
  /** The last answer, or null before the first. */
  readonly latest: Health | null
  /** Ends the watch; true where it had found the worker hung. */
  stop(): boolean
}

/**
 * Asks a worker for its health again and again.
 *
 * @param schema what this kind of worker answers
 * @param onHung called once, when it has not answered several times in a row
 */
export function watchHealth<Health>(
  worker: WorkerProcess,
  schema: z.ZodType<Health>,
  limits: HealthLimits,
  onHung: () => void,
): HealthWatch<Health> {
  let latest: Health | null = null
  let misses = 0
  let hung = false
  let timer: NodeJS.Timeout
  const over = new AbortController()

  async function ask(): Promise<void> {
    const signal = AbortSignal.any([over.signal, AbortSignal.timeout(limits.timeoutMs)])
    try {
      const reply = await callWorker(worker.endpoint, 'GET', workerRoutes.health, {
        requestId: 'health',
        signal,
      })
      latest = schema.parse(reply)
      misses = 0
    } catch {
      misses += 1
    }
    if (over.signal.aborted) return
    if (misses >= limits.misses) {
      hung = true
      return onHung()
    }
    timer = setTimeout(() => void ask(), limits.intervalMs)
  }

  void ask()
  return {
    get latest() {
      return latest
    },
    stop() {
      over.abort()
      clearTimeout(timer)
      return hung
    },
  }
}
