import { z } from 'zod'
import type { WritableDatabase } from '../../storage/connection.ts'
import { addGenerationTag } from '../../storage/generation-tags.ts'
import { getGeneration } from '../../storage/generations.ts'
import type { ClaimedJob } from '../../storage/job-row.ts'
import { enqueueJob, jobPriority } from '../../storage/jobs.ts'
import { knownStyleNames } from '../../storage/style-list.ts'
import { knownTagNames } from '../../storage/tag-lookup.ts'
import { ensureTag } from '../../storage/tags.ts'
import type { EventBus } from '../event-bus.ts'
import { announceUpdated } from '../generation/bulk.ts'
import type { GenerationViews } from '../generation/generation-views.ts'
import type { JobOutcome, JobWorker } from '../jobs/job-runner.ts'
import { chooseTags, tagCandidates } from './suggest-tags.ts'

export const autotagKind = 'autotag_prompt'

/** More would say less. */
const tagsOfPicture = 12

const payloadSchema = z.strictObject({ generation_id: z.int() })

/** Asks for tags from a picture's prompt; inside the transaction that stores the picture. */
export function enqueueAutotag(database: WritableDatabase, id: number, requestId: string): void {
  const now = Date.now()
  enqueueJob(database, {
    kind: autotagKind,
    payload: { generation_id: id } satisfies z.output<typeof payloadSchema>,
    priority: jobPriority.background,
    max_attempts: 3,
    request_id: requestId,
    generation_id: id,
    unique_key: `${autotagKind}:${id}`,
    run_at: now,
    created_at: now,
  })
}

/** Gives a picture the tags its prompt names: those in use, and words that make good ones. Doing it twice changes nothing. */
export class AutotagJob implements JobWorker {
  readonly kind = autotagKind
  readonly concurrency = 1
  readonly #parts: { database: WritableDatabase; events: EventBus; views: GenerationViews }

  constructor(parts: { database: WritableDatabase; events: EventBus; views: GenerationViews }) {
    this.#parts = parts
  }

  async run(job: ClaimedJob): Promise<JobOutcome> {
    const { database, events, views } = this.#parts
    const { generation_id: id } = payloadSchema.parse(job.payload)
    const row = getGeneration(database, id)
    if (row === null) return { type: 'completed', commit: () => undefined }
    const { prompt, own_prompt: ownPrompt, style } = row.recipe
    // The words of a style's template would give the same tags to every picture in it; its name says it all.
    const candidates = tagCandidates([style ?? '', ownPrompt ?? prompt].join(', '))
    const known = new Set([...knownTagNames(database, candidates), ...knownStyleNames(database, candidates)])
    const names = chooseTags(candidates, known, tagsOfPicture)
    let added = 0
    return {
      type: 'completed',
      commit: () => {
        for (const name of names) {
          const tag = ensureTag(database, name, Date.now())
          const link = { generation_id: id, tag_id: tag.id, source: 'prompt_auto', confidence: null } as const
          if (addGenerationTag(database, link)) added += 1
        }
      },
      announce: () => {
        if (added > 0) announceUpdated(events, [views.one(id)], 'was tagged from its prompt')
      },
    }
  }
}
