import { pino } from 'pino'
import { expect, test } from 'vitest'
import { EventBus } from '../../../orchestrator/domain/event-bus.ts'
import { GenerationViews } from '../../../orchestrator/domain/generation/generation-views.ts'
import { LeaseWatch } from '../../../orchestrator/domain/jobs/lease-watch.ts'
import { markGenerationStarted } from '../../../orchestrator/storage/generation-states.ts'
import { getGeneration } from '../../../orchestrator/storage/generations.ts'
import { claimJob, heartbeatJob } from '../../../orchestrator/storage/job-leases.ts'
import { enqueueJob, getJob } from '../../../orchestrator/storage/jobs.ts'
import { memoryDatabase, newJob, storeGeneration } from '../storage/support.ts'

/** A picture at work until 1100, and a watch that looks every 100 milliseconds of a clock which the test moves. */
function atWork() {
  const database = memoryDatabase()
  storeGeneration(database, 1)
  enqueueJob(database, newJob({ generation_id: 1, payload: { generation_id: 1 } }))
  const job = claimJob(database, { kinds: ['generate'], now: 100, leaseMs: 1000 })
  if (job === null) throw new Error('There is a job.')
  markGenerationStarted(database, 1, 100)
  const logger = pino({ level: 'silent' })
  const events = new EventBus(database, logger)
  const clock = { now: 1000 }
  const seen = { rescued: 0, told: [] as string[] }
  events.subscribe(({ message }) => void seen.told.push(message ?? ''))
  const watch = new LeaseWatch({
    database,
    events,
    views: new GenerationViews(database),
    logger,
    onRescued: () => void (seen.rescued += 1),
    interval: 100,
    now: () => clock.now,
  })
  const lookAt = (now: number) => {
    clock.now = now
    watch.look()
  }
  return { database, job, lookAt, seen }
}

test('[jobs-leases] work that nobody is at any more waits again, with its picture, and that is told', () => {
  const { database, job, lookAt, seen } = atWork()
  lookAt(1050)
  expect(getJob(database, job.id)?.state).toBe('running')
  lookAt(1150)
  expect(getJob(database, job.id)?.state).toBe('queued')
  expect(getGeneration(database, 1)).toMatchObject({ state: 'queued', attempts: 1 })
  expect(seen.rescued).toBe(1)
  expect(seen.told).toEqual([expect.stringContaining('waits again')])
  expect(heartbeatJob(database, job, { now: 1160, leaseMs: 1000 })).toBe(false)
})

test('[jobs-leases] after the machine slept, who is at work has a say first', () => {
  const { database, job, lookAt, seen } = atWork()
  lookAt(90_000)
  expect(getJob(database, job.id)?.state).toBe('running')
  expect(heartbeatJob(database, job, { now: 90_010, leaseMs: 1000 })).toBe(true)
  lookAt(90_100)
  expect(getJob(database, job.id)?.state).toBe('running')
  expect(seen.rescued).toBe(0)
})
