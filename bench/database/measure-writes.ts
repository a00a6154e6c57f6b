import type { WritableDatabase } from '../../orchestrator/storage/connection.ts'
import {
  getGeneration,
  insertGeneration,
  largestGenerationId,
} from '../../orchestrator/storage/generations.ts'
import { addGenerationTag } from '../../orchestrator/storage/generation-tags.ts'
import { claimJob, completeJob } from '../../orchestrator/storage/job-leases.ts'
import { enqueueJob } from '../../orchestrator/storage/jobs.ts'
import { time, type Timing } from './timing.ts'

const samples = 300

/** What writing costs with the disk asked to keep every one of them. */
export async function measureWrites(database: WritableDatabase): Promise<Timing[]> {
  const last = largestGenerationId(database)
  const recipe = getGeneration(database, last)?.recipe
  if (recipe === undefined) throw new Error('There are pictures.')
  let next = last
  const kind = 'bench'
  for (let index = 0; index < samples + 10; index += 1)
    enqueueJob(database, {
      kind,
      payload: {},
      priority: 0,
      max_attempts: 1,
      request_id: 'bench',
      generation_id: null,
      unique_key: null,
      run_at: 0,
      created_at: 0,
    })
  return [
    await time('insert a picture, with its index', samples, () => {
      next += 1
      insertGeneration(database, {
        id: next,
        recipe,
        prompt_words: null,
        request_id: 'bench',
        created_at: 0,
      })
    }),
    await time('give a picture a tag', samples, (sample) =>
      addGenerationTag(database, {
        generation_id: last + 1 + sample,
        tag_id: 1,
        source: 'user',
        confidence: null,
      }),
    ),
    await time('claim a job and complete it', samples, () => {
      const job = claimJob(database, { kinds: [kind], now: Date.now(), leaseMs: 30_000 })
      if (job === null) throw new Error('There are jobs.')
      completeJob(database, job, Date.now(), () => undefined)
    }),
  ]
}
