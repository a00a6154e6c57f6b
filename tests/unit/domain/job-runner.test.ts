import pino from 'pino'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ProductError, toErrorBody } from '../../../contracts/errors.ts'
import { JobRunner, type JobOutcome, type JobWorker } from '../../../orchestrator/domain/jobs/job-runner.ts'
import { currentRequestId } from '../../../orchestrator/foundation/request-context.ts'
import { handleOf, type WritableDatabase } from '../../../orchestrator/storage/connection.ts'
import { enqueueJob, getJob } from '../../../orchestrator/storage/jobs.ts'
import type { ClaimedJob } from '../../../orchestrator/storage/job-row.ts'
import { memoryDatabase, newJob } from '../storage/support.ts'

let database: WritableDatabase
let runner: JobRunner
let runs: number[]
let settled: number[]

beforeEach(() => {
  vi.useFakeTimers()
  database = memoryDatabase()
  runs = []
  settled = []
})

afterEach(async () => {
  await runner.stop()
  vi.useRealTimers()
})

const done: JobOutcome = { type: 'completed', commit: () => undefined }
const failure = toErrorBody(new ProductError('engine_failed'), null)

function enqueue(count = 1): number[] {
  return Array.from({ length: count }, () => enqueueJob(database, newJob({ run_at: Date.now() })).id)
}

/** Runs jobs with a worker that does this. */
function work(
  run: (job: ClaimedJob, signal: AbortSignal) => Promise<JobOutcome> | JobOutcome,
  changes: Partial<JobWorker> = {},
): void {
  const worker: JobWorker = {
    kind: 'generate',
    concurrency: 1,
    run: async (job, signal) => {
      runs.push(job.id)
      return run(job, signal)
    },
    onSettled: (job) => settled.push(job.id),
    ...changes,
  }
  runner = new JobRunner(database, worker, pino({ level: 'silent' }))
}

const stateOf = (id: number) => getJob(database, id)?.state
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds)

test('[storage-jobs] nothing is claimed before the start', async () => {
  const [id] = enqueue()
  work(() => done)
  runner.wake()
  await pass(60_000)
  expect(runs).toEqual([])
  runner.start()
  await pass(0)
  expect(stateOf(id ?? 0)).toBe('completed')
})

test('[generation-order] jobs are done one after the other, each for its request', async () => {
  const requests: unknown[] = []
  const ids = ['one', 'two', 'three'].map((request_id) => enqueueJob(database, newJob({ request_id })).id)
  work(() => {
    requests.push(currentRequestId())
    return done
  })
  runner.start()
  await pass(0)
  expect([runs, settled, requests]).toEqual([ids, ids, ['one', 'two', 'three']])
})

test('[generation-disk-full] a job that was given back holds the queue, keeps its place and does not count', async () => {
  const ids = enqueue(3)
  let full = true
  work(() => (full ? { type: 'released', hold: true, commit: () => undefined } : done))
  runner.start()
  await pass(12_000)
  expect(runs).toEqual([ids[0], ids[0], ids[0]])
  expect(getJob(database, ids[0] ?? 0)).toMatchObject({ state: 'queued', attempts: 0 })
  full = false
  await pass(5000)
  expect(runs.slice(3)).toEqual(ids)
})

test('[generation-disk-full] a hold ends when what was in the way is mended', async () => {
  const [id] = enqueue()
  work(() => (runs.length === 1 ? { type: 'released', hold: true, commit: () => undefined } : done))
  runner.start()
  await pass(100)
  runner.wake()
  expect(runs).toHaveLength(1)
  runner.resume()
  await pass(0)
  expect(stateOf(id ?? 0)).toBe('completed')
})

test('[generation-disk-full] what came of a job is written once there is room', async () => {
  // The pause before the next try is a real one.
  vi.useRealTimers()
  const [id] = enqueue()
  let tries = 0
  let told = 0
  work(() => ({
    type: 'completed',
    commit: () => {
      tries += 1
      if (tries < 2) throw new ProductError('disk_full')
    },
    announce: () => (told += 1),
  }))
  runner.start()
  await vi.waitUntil(() => tries === 1)
  expect([stateOf(id ?? 0), settled, told]).toEqual(['running', [], 0])
  await vi.waitUntil(() => settled.length > 0, 9000)
  expect([stateOf(id ?? 0), settled, told, runs]).toEqual(['completed', [id], 1, [id]])
}, 10_000)

test('[generation-disk-full] a heartbeat and a claim that cannot be written stop nothing', async () => {
  const [id] = enqueue()
  const { promise, resolve } = Promise.withResolvers<JobOutcome>()
  work(() => promise)
  handleOf(database).pragma('query_only = ON')
  runner.start()
  await pass(1000)
  expect(runs).toEqual([])
  handleOf(database).pragma('query_only = OFF')
  await pass(5000)
  handleOf(database).pragma('query_only = ON')
  await pass(25_000)
  handleOf(database).pragma('query_only = OFF')
  resolve(done)
  await pass(0)
  expect(stateOf(id ?? 0)).toBe('completed')
})

test('[generation-attempts] a failure is tried once more, and then it is final', async () => {
  const [id] = enqueue()
  const states: string[] = []
  work(() => ({ type: 'failed', error: failure, retry: true, commit: (state) => states.push(state) }))
  runner.start()
  await pass(5000)
  expect([runs.length, states, stateOf(id ?? 0)]).toEqual([2, ['queued', 'failed'], 'failed'])
})

test('[contracts-errors] a bug fails the job for good, without its text', async () => {
  const [id] = enqueue()
  const bugs: string[] = []
  work(
    () => {
      throw new Error('psst')
    },
    { onBug: (_, error) => void bugs.push(error.code) },
  )
  runner.start()
  await pass(5000)
  expect(getJob(database, id ?? 0)).toMatchObject({
    state: 'failed',
    attempts: 1,
    error: { code: 'internal_error' },
  })
  expect(JSON.stringify(getJob(database, id ?? 0)?.error)).not.toContain('psst')
  expect([bugs, settled]).toEqual([['internal_error'], [id]])
})

test('[http-shutdown] a stop asks the job to end, and gives it back without counting', async () => {
  const [id, waiting] = enqueue(2)
  work(async (_, signal) => {
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
    return { type: 'released', hold: false, commit: () => undefined }
  })
  runner.start()
  await pass(100)
  await runner.stop()
  expect(getJob(database, id ?? 0)).toMatchObject({ state: 'queued', attempts: 0 })
  expect([runs, stateOf(waiting ?? 0)]).toEqual([[id], 'queued'])
})

test('[storage-jobs] a job whose lease was lost is told to stop, and writes nothing', async () => {
  const [id] = enqueue()
  let committed = false
  work(async (_, signal) => {
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
    return { type: 'completed', commit: () => void (committed = true) }
  })
  runner.start()
  await pass(100)
  handleOf(database).exec(
    "UPDATE jobs SET state = 'failed', finished_at = 1, lease_token = NULL, lease_until = NULL",
  )
  await pass(10_000)
  expect([settled, committed, stateOf(id ?? 0)]).toEqual([[id], false, 'failed'])
})
