import { setImmediate as breathe } from 'node:timers/promises'
import { z } from 'zod'
import type { WritableDatabase } from '../../storage/connection.ts'
import type { ClaimedJob } from '../../storage/job-row.ts'
import { enqueueJob, jobPriority } from '../../storage/jobs.ts'
import { mergeTargetOf, moveTagged, reindexTagged } from '../../storage/tag-upkeep.ts'
import type { EventBus } from '../event-bus.ts'
import type { JobOutcome, JobWorker } from '../jobs/job-runner.ts'

export const tagUpkeepKind = 'tag_upkeep'

const payloadSchema = z.strictObject({ tag_id: z.int(), names: z.array(z.string()) })

/**
 * Asks for the pictures of a tag to follow its new name; inside the transaction that gave it.
 *
 * @param names what the tag is called and was called, for whoever shows it
 */
export function enqueueTagUpkeep(
  database: WritableDatabase,
  tagId: number,
  names: string[],
  requestId: string,
): void {
  const now = Date.now()
  enqueueJob(database, {
    kind: tagUpkeepKind,
    payload: { tag_id: tagId, names } satisfies z.output<typeof payloadSchema>,
    priority: jobPriority.background,
    max_attempts: 3,
    request_id: requestId,
    generation_id: null,
    // A second change comes after the first: which pictures that one had reached is not known.
    unique_key: null,
    run_at: now,
    created_at: now,
  })
}

/** Lets the pictures of a renamed or merged tag follow, some at a time. Doing it twice changes nothing. */
export class TagUpkeepJob implements JobWorker {
  readonly kind = tagUpkeepKind
  readonly concurrency = 1
  readonly #parts: { readonly database: WritableDatabase; readonly events: EventBus }

  constructor(parts: { readonly database: WritableDatabase; readonly events: EventBus }) {
    this.#parts = parts
  }

  async run(job: ClaimedJob, signal: AbortSignal): Promise<JobOutcome> {
    const { tag_id: id, names } = payloadSchema.parse(job.payload)
    for (let cursor: number | null = 0; cursor !== null;) {
      if (signal.aborted) return { type: 'released', hold: false, commit: () => undefined }
      cursor = this.#step(id, cursor)
      await breathe()
    }
    return {
      type: 'completed',
      commit: () => undefined,
      announce: () =>
        this.#parts.events.publish(
          { type: 'tags-changed', tags: names },
          `All pictures follow the change of ${names.map((name) => `"${name}"`).join(' and ')}.`,
        ),
    }
  }

  /** What the tag is to become is looked up each time: it may have changed meanwhile. */
  #step(id: number, cursor: number): number | null {
    const { database } = this.#parts
    const target = mergeTargetOf(database, id)
    if (target === undefined) return null
    if (target === null) return reindexTagged(database, id, cursor)
    return moveTagged(database, id, target) ? null : cursor
  }
}
