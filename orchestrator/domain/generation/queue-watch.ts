import type { QueueStatus } from '../../../contracts/entities/system.ts'
import type { ReadableDatabase } from '../../storage/connection.ts'
import { countJobs, waitingPositions } from '../../storage/jobs.ts'
import type { EventBus } from '../event-bus.ts'
import { generateKind } from './generation-views.ts'

/** How much work waits and runs. */
export function readQueue(database: ReadableDatabase): QueueStatus {
  const unfinished = countJobs(database).filter(({ state }) => state === 'queued' || state === 'running')
  const count = (matches: (job: (typeof unfinished)[number]) => boolean) =>
    unfinished.filter(matches).reduce((sum, job) => sum + job.count, 0)
  return {
    waiting: count(({ kind, state }) => kind === generateKind && state === 'queued'),
    running: count(({ kind, state }) => kind === generateKind && state === 'running'),
    background: count(({ kind }) => kind !== generateKind),
  }
}

/** Tells everyone how the queue stands, after it changed. */
export function announceQueue(database: ReadableDatabase, events: EventBus): void {
  const queue = readQueue(database)
  const positions = Object.fromEntries(
    [...waitingPositions(database, generateKind)].map(([id, position]) => [String(id), position]),
  )
  events.publish(
    { type: 'queue-changed', queue, positions },
    `${queue.waiting} waiting, ${queue.running} running.`,
  )
}
