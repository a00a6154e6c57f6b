import { describe, expect, test } from 'vitest'
import { handleOf, write, type WritableDatabase } from '../../../orchestrator/storage/connection.ts'
import {
  cancelRunningJob,
  claimJob,
  completeJob,
  failJob,
  heartbeatJob,
  releaseJob,
  retryDelay,
} from '../../../orchestrator/storage/job-leases.ts'
import { rescueAllRunningJobs, rescueExpiredJobs } from '../../../orchestrator/storage/job-rescue.ts'
import { enqueueJob, getJob } from '../../../orchestrator/storage/jobs.ts'
import { putFileHash, getFileHash } from '../../../orchestrator/storage/file-hashes.ts'
import { memoryDatabase, newJob, someError } from './support.ts'

const progress = { phase: 'sampling', step: 3, total: 20, elapsed_ms: 10, remaining_ms: null } as const
const file = { path: '/model', bytes: 1, mtime_ms: 1 }

function claimed(database: WritableDatabase, now = 100) {
  const job = claimJob(database, { kinds: ['generate'], now, leaseMs: 1000 })
  if (job === null) throw new Error('There is no job to claim.')
  return job
}

function running(maxAttempts = 2) {
  const database = memoryDatabase()
  enqueueJob(database, newJob({ max_attempts: maxAttempts }))
  return { database, job: claimed(database) }
}

describe('the holder of a lease', () => {
  test('prolongs it and tells how far it is', () => {
    const { database, job } = running()
    expect(heartbeatJob(database, job, { now: 500, leaseMs: 1000, progress })).toBe(true)
    expect(heartbeatJob(database, job, { now: 600, leaseMs: 1000 })).toBe(true)
    expect(getJob(database, 1)?.progress).toEqual(progress)
    expect(rescueExpiredJobs(database, 1599, someError).requeued).toEqual([])
    expect(rescueExpiredJobs(database, 1600, someError).requeued).toHaveLength(1)
  })

  test('completes it together with the results', () => {
    const { database, job } = running()
    expect(completeJob(database, job, 200, () => putFileHash(database, file, 'a'.repeat(64)))).toBe(true)
    expect(getJob(database, 1)).toMatchObject({ state: 'completed', finished_at: 200, error: null })
    expect(getFileHash(database, file)).toBe('a'.repeat(64))
  })

  test('completes nothing where keeping the results fails', () => {
    const { database, job } = running()
    const keep = () => {
      putFileHash(database, file, 'a'.repeat(64))
      throw new Error('No.')
    }
    expect(() => completeJob(database, job, 200, keep)).toThrow('No.')
    expect(getJob(database, 1)?.state).toBe('running')
    expect(getFileHash(database, file)).toBeNull()
    expect(heartbeatJob(database, job, { now: 300, leaseMs: 1000 })).toBe(true)
  })

  test('fails it for another attempt, until there is none left', () => {
    const { database, job } = running(2)
    const failed = failJob(database, job, { now: 200, error: someError, retryAt: 900 })
    expect(failed).toMatchObject({ state: 'queued', run_at: 900, attempts: 1, error: someError })
    expect(claimJob(database, { kinds: ['generate'], now: 899, leaseMs: 1 })).toBeNull()
    const second = failJob(database, claimed(database, 900), { now: 950, error: someError, retryAt: 999 })
    expect(second).toMatchObject({ state: 'failed', finished_at: 950, attempts: 2, error: someError })
  })

  test('fails it for good where another attempt is of no use', () => {
    const { database, job } = running(5)
    const failed = failJob(database, job, { now: 200, error: someError, retryAt: null })
    expect(failed).toMatchObject({ state: 'failed', attempts: 1, finished_at: 200 })
  })

  test('gives it back without counting the attempt', () => {
    const { database, job } = running()
    expect(releaseJob(database, job, 400)).toMatchObject({
      state: 'queued',
      attempts: 0,
      run_at: 400,
      progress: null,
    })
    expect(claimed(database, 400).attempts).toBe(1)
  })

  test('cancels it', () => {
    const { database, job } = running()
    expect(cancelRunningJob(database, job, 300)).toMatchObject({ state: 'cancelled', finished_at: 300 })
  })
})

describe('a lost lease', () => {
  const reports: [
    string,
    (database: WritableDatabase, lease: { id: number; lease_token: string }) => unknown,
    unknown,
  ][] = [
    ['heartbeat', (database, lease) => heartbeatJob(database, lease, { now: 1, leaseMs: 1 }), false],
    ['complete', (database, lease) => completeJob(database, lease, 1, () => expect.unreachable()), false],
    ['fail', (database, lease) => failJob(database, lease, { now: 1, error: someError, retryAt: 1 }), null],
    [
      'fail for good',
      (database, lease) => failJob(database, lease, { now: 1, error: someError, retryAt: null }),
      null,
    ],
    ['release', (database, lease) => releaseJob(database, lease, 1), null],
    ['cancel', (database, lease) => cancelRunningJob(database, lease, 1), null],
  ]

  test.each(reports)('%s changes nothing once another holds the job', (_name, report, answer) => {
    const { database, job } = running(9)
    rescueExpiredJobs(database, 1100, someError)
    const next = claimed(database, 1100)
    const before = getJob(database, 1)
    expect(report(database, job)).toBe(answer)
    expect(getJob(database, 1)).toEqual(before)
    expect(heartbeatJob(database, next, { now: 1200, leaseMs: 1000 })).toBe(true)
  })

  test.each(reports)('%s changes nothing once the job has ended', (_name, report, answer) => {
    const { database, job } = running(9)
    completeJob(database, job, 200, () => {})
    expect(report(database, job)).toBe(answer)
    expect(getJob(database, 1)).toMatchObject({ state: 'completed', finished_at: 200 })
  })
})

describe('rescue', () => {
  test('takes back only what has expired, and counts the attempt', () => {
    const { database, job } = running()
    enqueueJob(database, newJob())
    claimed(database, 5000)
    write(database, 'UPDATE jobs SET lease_until = lease_until - 1000 WHERE id = :id', { id: job.id })
    const rescued = rescueExpiredJobs(database, 300, someError)
    expect(rescued.requeued).toMatchObject([{ id: 1, state: 'queued', attempts: 1 }])
    expect(rescued.failed).toEqual([])
    expect(getJob(database, 2)?.state).toBe('running')
  })

  test('gives up at the cap, with the reason', () => {
    const { database } = running(1)
    const rescued = rescueExpiredJobs(database, 1100, someError)
    expect(rescued.requeued).toEqual([])
    expect(rescued.failed).toMatchObject([{ id: 1, state: 'failed', error: someError, finished_at: 1100 }])
  })

  test('at the start of the only owner takes back everything that runs', () => {
    const { database } = running(1)
    enqueueJob(database, newJob({ max_attempts: 2, run_at: 90 }))
    claimed(database)
    enqueueJob(database, newJob())
    const rescued = rescueAllRunningJobs(database, 101, someError)
    expect(rescued.failed.map((job) => job.id)).toEqual([1])
    expect(rescued.requeued).toMatchObject([{ id: 2, run_at: 90, attempts: 1 }])
    expect(rescueAllRunningJobs(database, 102, someError)).toEqual({ requeued: [], failed: [] })
  })
})

describe('the table of jobs', () => {
  test.each([
    `UPDATE jobs SET state = 'queued'`,
    `UPDATE jobs SET lease_token = NULL`,
    `UPDATE jobs SET lease_until = NULL`,
    `UPDATE jobs SET state = 'completed', lease_token = NULL, lease_until = NULL`,
    `UPDATE jobs SET finished_at = 1`,
    `UPDATE jobs SET state = 'odd'`,
    `UPDATE jobs SET payload = '{'`,
  ])('refuses %s', (sql) => {
    const { database } = running()
    expect(() => handleOf(database).exec(sql)).toThrow('CHECK')
  })
})

test('the wait before another attempt doubles to a bound, less a part by chance', () => {
  expect([1, 2, 3, 7, 60].map((attempts) => retryDelay(attempts, 0))).toEqual([
    1000, 2000, 4000, 60_000, 60_000,
  ])
  expect(retryDelay(3, 0.999)).toBeGreaterThanOrEqual(2000)
})
