import { expect, test } from 'vitest'
import { recoverInterrupted } from '../../../orchestrator/domain/generation/recover.ts'
import { markGenerationStarted } from '../../../orchestrator/storage/generation-states.ts'
import { getGeneration } from '../../../orchestrator/storage/generations.ts'
import { claimJob } from '../../../orchestrator/storage/job-leases.ts'
import { enqueueJob } from '../../../orchestrator/storage/jobs.ts'
import { memoryDatabase, newJob, storeGeneration } from '../storage/support.ts'

function queued() {
  const database = memoryDatabase()
  storeGeneration(database, 1)
  enqueueJob(database, newJob({ generation_id: 1, payload: { generation_id: 1 } }))
  return database
}

function begin(database: ReturnType<typeof queued>): void {
  claimJob(database, { kinds: ['generate'], now: 10, leaseMs: 1000 })
  markGenerationStarted(database, 1, 10)
}

test('[generation-durable] a picture that was at work waits again, and the attempt counts', () => {
  const database = queued()
  begin(database)
  expect(recoverInterrupted(database, 20)).toEqual({ resumed: [1], givenUp: [], jobs: 1 })
  expect(getGeneration(database, 1)).toMatchObject({ state: 'queued', attempts: 1, error: null })
  expect(recoverInterrupted(database, 30)).toEqual({ resumed: [], givenUp: [], jobs: 0 })
})

test('[generation-attempts] a picture that was at work in two crashes is given up with the reason', () => {
  const database = queued()
  begin(database)
  recoverInterrupted(database, 20)
  begin(database)
  expect(recoverInterrupted(database, 40)).toEqual({ resumed: [], givenUp: [1], jobs: 1 })
  expect(getGeneration(database, 1)).toMatchObject({
    state: 'failed',
    attempts: 2,
    error: { code: 'interrupted', request_id: 'request' },
  })
})

test('[generation-durable] a picture that only waited is left as it is', () => {
  const database = queued()
  expect(recoverInterrupted(database, 20)).toEqual({ resumed: [], givenUp: [], jobs: 0 })
  expect(getGeneration(database, 1)).toMatchObject({ state: 'queued', attempts: 0 })
})

test('[generation-durable] a crash between claiming the job and starting the picture loses nothing', () => {
  const database = queued()
  claimJob(database, { kinds: ['generate'], now: 10, leaseMs: 1000 })
  recoverInterrupted(database, 20)
  begin(database)
  expect(getGeneration(database, 1)).toMatchObject({ state: 'running', attempts: 1 })
})
