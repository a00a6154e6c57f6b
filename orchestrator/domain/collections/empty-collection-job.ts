import { setImmediate as breathe } from 'node:timers/promises'
import { z } from 'zod'
import { emptyDeletedCollection } from '../../storage/collections.ts'
import type { WritableDatabase } from '../../storage/connection.ts'
import type { ClaimedJob } from '../../storage/job-row.ts'
import { enqueueJob, jobPriority } from '../../storage/jobs.ts'
import type { JobOutcome, JobWorker } from '../jobs/job-runner.ts'

export const emptyCollectionKind = 'empty_collection'

const payloadSchema = z.strictObject({ collection_id: z.int() })

/** Asks for a deleted collection to be emptied; inside the transaction that deleted it. */
export function enqueueEmptyCollection(
  database: WritableDatabase,
  collectionId: number,
  requestId: string,
): void {
  const now = Date.now()
  enqueueJob(database, {
    kind: emptyCollectionKind,
    payload: { collection_id: collectionId } satisfies z.output<typeof payloadSchema>,
    priority: jobPriority.background,
    max_attempts: 3,
    request_id: requestId,
    generation_id: null,
    unique_key: `${emptyCollectionKind}:${collectionId}`,
    run_at: now,
    created_at: now,
  })
}

/** Takes the pictures out of deleted collections, some at a time, so that nothing else waits. Doing it twice changes nothing. */
export class EmptyCollectionJob implements JobWorker {
  readonly kind = emptyCollectionKind
  readonly concurrency = 1
  readonly #database: WritableDatabase

  constructor(database: WritableDatabase) {
    this.#database = database
  }

  async run(job: ClaimedJob, signal: AbortSignal): Promise<JobOutcome> {
    const { collection_id: id } = payloadSchema.parse(job.payload)
    while (!emptyDeletedCollection(this.#database, id)) {
      if (signal.aborted) return { type: 'released', hold: false, commit: () => undefined }
      await breathe()
    }
    return { type: 'completed', commit: () => undefined }
  }
}
