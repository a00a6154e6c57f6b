import { pino } from 'pino'
import { describe, expect, onTestFinished, test } from 'vitest'
import { ProductError } from '../../../contracts/errors.ts'
import { JobRunner, type JobWorker } from '../../../orchestrator/domain/jobs/job-runner.ts'
import { markGenerationFailed, moveGenerationToBin } from '../../../orchestrator/storage/generation-states.ts'
import { claimJob, failJob } from '../../../orchestrator/storage/job-leases.ts'
import { cancelQueuedJob, enqueueJob } from '../../../orchestrator/storage/jobs.ts'
import { newJob, someError, storeGeneration } from '../storage/support.ts'
import { openGallery, toldTypes } from './support.ts'

type Gallery = ReturnType<typeof openGallery>

/** A job that failed for good, for picture 1 where it is to make one. */
function failed({ database }: Gallery, kind = 'generate'): number {
  storeGeneration(database, 1)
  const { id } = enqueueJob(
    database,
    newJob({ kind, generation_id: 1, unique_key: `${kind}:1`, max_attempts: 1 }),
  )
  const job = claimJob(database, { kinds: [kind], now: 1, leaseMs: 1 })
  if (job === null) throw new Error('It waits.')
  failJob(database, job, { now: 2, error: someError, retryAt: null })
  markGenerationFailed(database, 1, 2, someError)
  return id
}

describe('jobs', () => {
  test('[jobs-visible] are listed newest first, by state, page by page', async () => {
    const { database, invoke } = openGallery()
    for (let count = 0; count < 5; count += 1) enqueueJob(database, newJob({ kind: 'thumbnail' }))
    cancelQueuedJob(database, 2, 5)
    const first = await invoke('list_jobs', { limit: 2 })
    expect(first.jobs.map(({ id }) => id)).toEqual([5, 4])
    const rest = await invoke('list_jobs', { cursor: first.next_cursor ?? 0 })
    expect(rest.jobs.map(({ id, state }) => [id, state])).toEqual([
      [3, 'queued'],
      [2, 'cancelled'],
      [1, 'queued'],
    ])
    expect(rest.next_cursor).toBeNull()
    expect((await invoke('list_jobs', { state: 'cancelled' })).jobs).toMatchObject([
      { id: 2, kind: 'thumbnail', generation: null },
    ])
  })

  test('[jobs-retry] a job that was given up is tried again, with its picture', async () => {
    const gallery = openGallery()
    const id = failed(gallery)
    expect((await gallery.invoke('list_jobs', { state: 'failed' })).jobs[0]).toMatchObject({
      id,
      error: someError,
    })
    expect(await gallery.invoke('retry_job', { job: id })).toMatchObject({
      id,
      state: 'queued',
      attempts: 0,
      error: null,
      generation: '1',
    })
    expect(gallery.views.one(1)).toMatchObject({
      state: 'queued',
      attempts: 0,
      error: null,
      queue_position: 0,
      finished_at: null,
    })
    expect(toldTypes(gallery.told)).toEqual(['generation-queued 1', 'queue-changed', 'job-changed'])
    expect(gallery.woken).toEqual(['generate'])
    expect(
      claimJob(gallery.database, { kinds: ['generate'], now: Date.now() + 1, leaseMs: 1 })?.attempts,
    ).toBe(1)
  })

  test('[jobs-retry] background work is tried again without touching its picture', async () => {
    const gallery = openGallery()
    const id = failed(gallery, 'thumbnail')
    await gallery.invoke('retry_job', { job: id })
    expect(gallery.views.one(1).state).toBe('failed')
    expect(gallery.woken).toEqual(['thumbnail'])
  })

  test('[jobs-retry] what is not over, is done again already or has no picture left is refused, and stays', async () => {
    const refused = expect.objectContaining({ code: 'job_not_retryable' })
    const waiting = openGallery()
    const { id } = enqueueJob(waiting.database, newJob())
    await expect(waiting.invoke('retry_job', { job: id })).rejects.toThrow(refused)
    const binned = openGallery()
    const dead = failed(binned)
    moveGenerationToBin(binned.database, 1, 3)
    await expect(binned.invoke('retry_job', { job: dead })).rejects.toThrow(refused)
    expect((await binned.invoke('list_jobs', {})).jobs[0]?.state).toBe('failed')
    const twice = openGallery()
    const old = failed(twice, 'thumbnail')
    enqueueJob(twice.database, newJob({ kind: 'thumbnail', unique_key: 'thumbnail:1' }))
    await expect(twice.invoke('retry_job', { job: old })).rejects.toThrow(refused)
    await expect(twice.invoke('retry_job', { job: 99 })).rejects.toThrow(
      expect.objectContaining({ code: 'job_not_found' }),
    )
  })

  test('[jobs-given-up] a job that failed for good is told with the reason, one that is tried again is not', async () => {
    const gallery = openGallery()
    const { database, events, jobs, told } = gallery
    for (const attempts of [1, 2]) {
      enqueueJob(database, newJob({ kind: 'thumbnail', max_attempts: attempts }))
    }
    const worker: JobWorker = {
      kind: 'thumbnail',
      concurrency: 1,
      run: async () => ({ type: 'failed', error: someError, retry: true, commit: () => undefined }),
    }
    const runner = new JobRunner(database, worker, pino({ level: 'silent' }), ({ id }) =>
      jobs.announceGivenUp(id),
    )
    onTestFinished(() => runner.stop())
    const heard = new Promise((resolve) => events.subscribe(resolve))
    runner.start()
    await heard
    await runner.stop()
    expect(told.map(({ event }) => event)).toEqual([
      { type: 'job-changed', job: expect.objectContaining({ id: 1, state: 'failed', error: someError }) },
    ])
  })

  test('[jobs-cancel] a waiting job is taken out of the queue, and a picture is cancelled as pictures are', async () => {
    const asked: string[] = []
    const gallery = openGallery(async (id) => void asked.push(id))
    const { id } = enqueueJob(gallery.database, newJob({ kind: 'thumbnail' }))
    expect(await gallery.invoke('cancel_job', { job: id })).toMatchObject({ state: 'cancelled' })
    storeGeneration(gallery.database, 1)
    const picture = enqueueJob(gallery.database, newJob({ generation_id: 1 }))
    await gallery.invoke('cancel_job', { job: picture.id })
    expect(asked).toEqual(['1'])
  })

  test('[jobs-cancel] what is over or runs in the background cannot be cancelled', async () => {
    const refused = expect.objectContaining({ code: 'job_not_cancellable' })
    const gallery = openGallery(() => Promise.reject(new ProductError('generation_not_cancellable')))
    const { database, invoke } = gallery
    const over = failed(gallery)
    await expect(invoke('cancel_job', { job: over })).rejects.toThrow(refused)
    storeGeneration(database, 2)
    const late = enqueueJob(database, newJob({ generation_id: 2 }))
    await expect(invoke('cancel_job', { job: late.id })).rejects.toThrow(refused)
    const { id } = enqueueJob(database, newJob({ kind: 'thumbnail' }))
    claimJob(database, { kinds: ['thumbnail'], now: 1, leaseMs: 1 })
    await expect(invoke('cancel_job', { job: id })).rejects.toThrow(refused)
    await expect(invoke('cancel_job', { job: 99 })).rejects.toThrow(
      expect.objectContaining({ code: 'job_not_found' }),
    )
    const broken = openGallery(() => Promise.reject(new Error('The engine is gone.')))
    storeGeneration(broken.database, 1)
    const job = enqueueJob(broken.database, newJob({ generation_id: 1 }))
    await expect(broken.invoke('cancel_job', { job: job.id })).rejects.toThrow('The engine is gone.')
  })
})
