import { ProductError, toErrorBody } from '../../../contracts/errors.ts'
import { transaction, type WritableDatabase } from '../../storage/connection.ts'
import { markGenerationFailed, returnGenerationToQueue } from '../../storage/generation-states.ts'
import { rescueAllRunningJobs, rescueExpiredJobs, type RescuedJobs } from '../../storage/job-rescue.ts'
import { generateKind } from './generation-views.ts'

/** What became of pictures whose work was lost, by their ids, and how many jobs of any kind were taken back. */
export interface Recovered {
  readonly resumed: number[]
  readonly givenUp: number[]
  readonly jobs: number
}

/**
 * Takes up what a crash left behind: whoever was working is dead, so jobs at work wait again, with their pictures.
 * One that was at work in two crashes is given up rather than tried for ever.
 */
export function recoverInterrupted(database: WritableDatabase, now: number): Recovered {
  return recover(database, now, rescueAllRunningJobs)
}

/** The same for work whose lease has expired: nobody is at it any more, though the product runs. */
export function recoverExpired(database: WritableDatabase, now: number): Recovered {
  return recover(database, now, rescueExpiredJobs)
}

function recover(database: WritableDatabase, now: number, rescue: typeof rescueExpiredJobs): Recovered {
  const error = toErrorBody(new ProductError('interrupted'), null)
  return transaction(database, () => {
    const rescued = rescue(database, now, error)
    const resumed = picturesOf(rescued.requeued)
    const givenUp = picturesOf(rescued.failed)
    for (const { id } of resumed) returnGenerationToQueue(database, id, { countAttempt: true, error: null })
    for (const { id, request } of givenUp)
      markGenerationFailed(database, id, now, { ...error, request_id: request })
    return {
      resumed: resumed.map(({ id }) => id),
      givenUp: givenUp.map(({ id }) => id),
      jobs: rescued.requeued.length + rescued.failed.length,
    }
  })
}

function picturesOf(jobs: RescuedJobs['failed']): { id: number; request: string }[] {
  return jobs.flatMap((job) =>
    job.kind === generateKind && job.generation_id !== null
      ? [{ id: job.generation_id, request: job.request_id }]
      : [],
  )
}
