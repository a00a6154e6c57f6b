import { ProductError, toErrorBody } from '../../../contracts/errors.ts'
import { transaction, type WritableDatabase } from '../../storage/connection.ts'
import { markGenerationFailed, returnGenerationToQueue } from '../../storage/generation-states.ts'
import { rescueAllRunningJobs } from '../../storage/job-rescue.ts'
import { generateKind } from './generation-views.ts'

/**
 * Takes up what a crash left behind: whoever was working is dead, so jobs at work wait again, with their pictures.
 * One that was at work in two crashes is given up rather than tried for ever.
 *
 * @returns how many pictures wait again and how many were given up
 */
export function recoverInterrupted(
  database: WritableDatabase,
  now: number,
): { resumed: number; givenUp: number } {
  const error = toErrorBody(new ProductError('interrupted'), null)
  return transaction(database, () => {
    const rescued = rescueAllRunningJobs(database, now, error)
    const pictures = (jobs: typeof rescued.failed) =>
      jobs.flatMap((job) =>
        job.kind === generateKind && job.generation_id !== null
          ? [{ id: job.generation_id, request: job.request_id }]
          : [],
      )
    const resumed = pictures(rescued.requeued)
    const givenUp = pictures(rescued.failed)
    for (const { id } of resumed) returnGenerationToQueue(database, id, { countAttempt: true, error: null })
    for (const { id, request } of givenUp)
      markGenerationFailed(database, id, now, { ...error, request_id: request })
    return { resumed: resumed.length, givenUp: givenUp.length }
  })
}
