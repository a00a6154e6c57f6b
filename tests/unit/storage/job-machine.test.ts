import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { handleOf, type WritableDatabase } from '../../../orchestrator/storage/connection.ts'
import {
  claimJob,
  completeJob,
  failJob,
  heartbeatJob,
  releaseJob,
} from '../../../orchestrator/storage/job-leases.ts'
import { rescueExpiredJobs } from '../../../orchestrator/storage/job-rescue.ts'
import type { Job, JobLease } from '../../../orchestrator/storage/job-row.ts'
import { cancelQueuedJob, enqueueJob, getJob } from '../../../orchestrator/storage/jobs.ts'
import { memoryDatabase, newJob, someError } from './support.ts'

const leaseMs = 10
const maxAttempts = 3

/** The queue, and what should be true of it. */
interface World {
  readonly database: WritableDatabase
  /** Every lease that was ever given, the newest last. */
  readonly leases: JobLease[]
  /** Who holds which job, and until when. */
  readonly holders: Map<number, { token: string; until: number }>
  /** How often each job was done. */
  readonly done: Map<number, number>
  jobs: number
  now: number
}

/** A report under a lease, be it lost or not, and whether it was accepted. */
type Report = (world: World, lease: JobLease, number: number) => boolean

const reports: Record<string, Report> = {
  complete: ({ database, now, done }, lease) =>
    completeJob(database, lease, now, () => done.set(lease.id, (done.get(lease.id) ?? 0) + 1)),
  fail: ({ database, now }, lease, number) =>
    failJob(database, lease, { now, error: someError, retryAt: now + number }) !== null,
  release: ({ database, now }, lease) => releaseJob(database, lease, now) !== null,
}

const actions: Record<string, (world: World, number: number) => void> = {
  ...Object.fromEntries(Object.entries(reports).map(([name, report]) => [name, reporting(report)])),
  enqueue(world) {
    enqueueJob(world.database, newJob({ max_attempts: maxAttempts, run_at: world.now }))
    world.jobs += 1
  },
  claim({ database, leases, holders, now }) {
    const job = claimJob(database, { kinds: ['generate'], now, leaseMs })
    if (job === null) return
    expect(holders.has(job.id)).toBe(false)
    leases.push(job)
    holders.set(job.id, { token: job.lease_token, until: now + leaseMs })
  },
  beat: reporting(({ database, holders, now }, lease) => {
    const beaten = heartbeatJob(database, lease, { now, leaseMs })
    if (beaten) holders.set(lease.id, { token: lease.lease_token, until: now + leaseMs })
    return beaten
  }, 'keeps its lease'),
  cancel({ database, holders, now }, number) {
    const cancelled = cancelQueuedJob(database, number + 1, now)
    expect(cancelled !== null && holders.has(cancelled.id)).toBe(false)
  },
  rescue({ database, holders, now }) {
    const { requeued, failed } = rescueExpiredJobs(database, now, someError)
    const expired = [...holders].filter(([, holder]) => holder.until <= now).map(([id]) => id)
    expect(new Set([...requeued, ...failed].map((job) => job.id))).toEqual(new Set(expired))
    for (const id of expired) holders.delete(id)
  },
  wait(world, number) {
    world.now += number * 3
  },
}

/** Reports under one of the newest leases, which must be accepted exactly where it still holds. */
function reporting(report: Report, after: 'ends its lease' | 'keeps its lease' = 'ends its lease') {
  return (world: World, number: number) => {
    const lease = world.leases.at(-1 - number)
    if (lease === undefined) return
    const holds = world.holders.get(lease.id)?.token === lease.lease_token
    expect(report(world, lease, number)).toBe(holds)
    if (holds && after === 'ends its lease') world.holders.delete(lease.id)
  }
}

/** The jobs that are not as the model says they should be. */
function unsoundJobs({ database, holders, done, jobs }: World): (Job | null)[] {
  const all = Array.from({ length: jobs }, (_, index) => getJob(database, index + 1))
  return all.filter(
    (job) =>
      job === null ||
      (job.state === 'running') !== holders.has(job.id) ||
      (done.get(job.id) ?? 0) !== (job.state === 'completed' ? 1 : 0) ||
      job.attempts > maxAttempts,
  )
}

test('whatever happens in whatever order, each job is done at most once and by who holds it', () => {
  const step = fc.record({ action: fc.constantFrom(...Object.keys(actions)), number: fc.nat(5) })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const database = memoryDatabase()
      const world: World = { database, leases: [], holders: new Map(), done: new Map(), jobs: 0, now: 0 }
      for (const { action, number } of steps) {
        actions[action]?.(world, number)
        expect(unsoundJobs(world)).toEqual([])
      }
      handleOf(database).close()
    }),
    { numRuns: 100 },
  )
})
