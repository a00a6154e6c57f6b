import { describe, expect, test } from 'vitest'
import { readAll, transaction } from '../../../orchestrator/storage/connection.ts'
import { claimJob, claimStatement, completeJob } from '../../../orchestrator/storage/job-leases.ts'
import { expiredCondition } from '../../../orchestrator/storage/job-rescue.ts'
import {
  cancelQueuedJob,
  countJobs,
  enqueueJob,
  getJob,
  jobPriority,
  jobsOfGeneration,
  nextJobTime,
  pruneJobs,
  waitingPositions,
  waitingPositionsStatement,
} from '../../../orchestrator/storage/jobs.ts'
import { markGenerationCancelled } from '../../../orchestrator/storage/generation-states.ts'
import { memoryDatabase, newJob, queryPlan, storeGeneration } from './support.ts'

const kinds = ['generate', 'thumbnail']
const claimNext = (database: ReturnType<typeof memoryDatabase>, now = 100) =>
  claimJob(database, { kinds, now, leaseMs: 1000 })

describe('the queue of jobs', () => {
  test('keeps a job as it was given', () => {
    const database = memoryDatabase()
    storeGeneration(database, 5)
    const given = newJob({
      payload: { deep: ['ä'] },
      generation_id: 5,
      unique_key: 'k',
      priority: 3,
      run_at: 7,
    })
    const job = enqueueJob(database, given)
    expect(job).toEqual({
      ...given,
      id: 1,
      state: 'queued',
      attempts: 0,
      started_at: null,
      finished_at: null,
      progress: null,
      error: null,
    })
    expect(getJob(database, 1)).toEqual(job)
    expect(jobsOfGeneration(database, 5)).toEqual([job])
    expect(getJob(database, 2)).toBeNull()
  })

  test('is left as it was when the transaction around it fails', () => {
    const database = memoryDatabase()
    const failing = () =>
      transaction(database, () => {
        storeGeneration(database, 5)
        enqueueJob(database, newJob({ generation_id: 5 }))
        throw new Error('No.')
      })
    expect(failing).toThrow('No.')
    expect(countJobs(database)).toEqual([])
  })

  test('gives work a person waits for first, then by time, then by age', () => {
    const database = memoryDatabase()
    enqueueJob(database, newJob({ kind: 'thumbnail', priority: jobPriority.background }))
    enqueueJob(database, newJob({ run_at: 50 }))
    enqueueJob(database, newJob({ run_at: 40 }))
    enqueueJob(database, newJob({ run_at: 40 }))
    const order = Array.from({ length: 4 }, () => claimNext(database)?.id)
    expect(order).toEqual([3, 4, 2, 1])
    expect(claimNext(database)).toBeNull()
  })

  test('gives no job before its time', () => {
    const database = memoryDatabase()
    enqueueJob(database, newJob({ run_at: 101 }))
    expect(nextJobTime(database, kinds)).toBe(101)
    expect(nextJobTime(database, ['thumbnail'])).toBeNull()
    expect(claimNext(database)).toBeNull()
    expect(claimNext(database, 101)).toMatchObject({ id: 1, attempts: 1, started_at: 101, lease_until: 1101 })
  })

  test('leaves jobs of unknown kinds alone', () => {
    const database = memoryDatabase()
    enqueueJob(database, newJob({ kind: 'from-the-future' }))
    enqueueJob(database, newJob({ priority: jobPriority.background }))
    expect(claimNext(database)?.kind).toBe('generate')
    expect(claimNext(database)).toBeNull()
    expect(getJob(database, 1)?.state).toBe('queued')
  })

  test('makes no second job with the same key until the first has ended', () => {
    const database = memoryDatabase()
    const wanted = newJob({ unique_key: 'thumbnail-1' })
    expect(enqueueJob(database, wanted).id).toBe(1)
    expect(enqueueJob(database, wanted).id).toBe(1)
    const claimed = claimNext(database)!
    expect(enqueueJob(database, wanted).id).toBe(1)
    completeJob(database, claimed, 200, () => {})
    expect(enqueueJob(database, wanted).id).toBe(2)
    expect(enqueueJob(database, newJob({ unique_key: 'another' })).id).toBe(3)
  })

  test('cancels only what waits', () => {
    const database = memoryDatabase()
    enqueueJob(database, newJob())
    enqueueJob(database, newJob())
    claimNext(database)
    expect(cancelQueuedJob(database, 1, 150)).toBeNull()
    expect(cancelQueuedJob(database, 2, 150)).toMatchObject({ state: 'cancelled', finished_at: 150 })
    expect(cancelQueuedJob(database, 2, 151)).toBeNull()
    expect(claimNext(database)).toBeNull()
  })

  test('tells the positions of all waiting pictures', () => {
    const database = memoryDatabase()
    for (let id = 1; id <= 4; id += 1) storeGeneration(database, id)
    enqueueJob(database, newJob({ generation_id: 1, run_at: 10 }))
    enqueueJob(database, newJob({ generation_id: 2, run_at: 5, priority: 1 }))
    enqueueJob(database, newJob({ generation_id: 3, run_at: 9 }))
    enqueueJob(database, newJob({ generation_id: 4, kind: 'thumbnail' }))
    expect([...waitingPositions(database, 'generate')]).toEqual([
      [3, 0],
      [1, 1],
      [2, 2],
    ])
  })

  test('counts by kind and state', () => {
    const database = memoryDatabase()
    enqueueJob(database, newJob())
    enqueueJob(database, newJob())
    enqueueJob(database, newJob({ kind: 'thumbnail' }))
    claimNext(database)
    expect(countJobs(database)).toEqual([
      { kind: 'generate', state: 'queued', count: 1 },
      { kind: 'generate', state: 'running', count: 1 },
      { kind: 'thumbnail', state: 'queued', count: 1 },
    ])
  })

  test('forgets old finished jobs and never uses an id again', () => {
    const database = memoryDatabase()
    for (let index = 0; index < 3; index += 1) enqueueJob(database, newJob())
    cancelQueuedJob(database, 1, 10)
    cancelQueuedJob(database, 3, 20)
    expect(pruneJobs(database, 20)).toBe(1)
    expect(pruneJobs(database, 21)).toBe(1)
    expect(readAll(database, 'SELECT id FROM jobs')).toEqual([{ id: 2 }])
    expect(enqueueJob(database, newJob()).id).toBe(4)
  })

  test('keeps jobs of a picture in the bin', () => {
    const database = memoryDatabase()
    storeGeneration(database, 1)
    enqueueJob(database, newJob({ generation_id: 1 }))
    markGenerationCancelled(database, 1, 5)
    expect(jobsOfGeneration(database, 1)).toHaveLength(1)
  })

  test('is read from indexes, and never sorted', () => {
    const database = memoryDatabase()
    const parameters = { kinds: '["generate"]', kind: 'generate', now: 0, lease_token: '', lease_until: 0 }
    const claimPlan = queryPlan(database, claimStatement, parameters)
    expect(claimPlan).toContain('SCAN jobs USING COVERING INDEX jobs_waiting')
    expect(claimPlan).toContain('SEARCH jobs USING INTEGER PRIMARY KEY (rowid=?)')
    expect(claimPlan).not.toContain('TEMP B-TREE FOR ORDER BY')
    expect(queryPlan(database, waitingPositionsStatement, parameters)).toBe(
      'SCAN jobs USING COVERING INDEX jobs_waiting',
    )
    const expired = `SELECT id FROM jobs WHERE ${expiredCondition}`
    expect(queryPlan(database, expired, parameters)).toBe(
      'SEARCH jobs USING COVERING INDEX jobs_leased (lease_until<?)',
    )
    expect(queryPlan(database, 'DELETE FROM jobs WHERE finished_at < :now', parameters)).toContain(
      'INDEX jobs_finished',
    )
  })
})
