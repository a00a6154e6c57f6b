import { z } from 'zod'
import { defineCapability } from '../capability.ts'
import { jobIdSchema, jobSchema, jobStateSchema } from '../entities/job.ts'

const jobInput = z.strictObject({ job: jobIdSchema })

export const listJobs = defineCapability({
  name: 'list_jobs',
  title: 'List jobs',
  description: 'Lists the work that waits, runs, is done or was given up, newest first.',
  input: z.strictObject({
    state: jobStateSchema.optional().describe('Only these; `failed` are the ones that were given up.'),
    cursor: jobIdSchema.optional().describe('Continue after the page that gave this cursor.'),
    limit: z.int().min(1).max(200).default(50),
  }),
  output: z.strictObject({
    jobs: z.array(jobSchema),
    next_cursor: jobIdSchema.nullable().describe('Give this as `cursor` for the next page; null at the end.'),
  }),
  errors: [],
  effect: 'read',
  surfaces: ['rest'],
  route: { method: 'GET', path: '/api/jobs' },
})

export const retryJob = defineCapability({
  name: 'retry_job',
  title: 'Try a job again',
  description: 'Puts a job that failed or was cancelled back in the queue, with all its attempts.',
  input: jobInput,
  output: jobSchema,
  errors: ['job_not_found', 'job_not_retryable'],
  effect: 'write',
  surfaces: ['rest'],
  route: { method: 'POST', path: '/api/jobs/:job/retry' },
})

export const cancelJob = defineCapability({
  name: 'cancel_job',
  title: 'Cancel a job',
  description: 'Takes a waiting job out of the queue, or stops a picture in the making.',
  input: jobInput,
  output: jobSchema,
  errors: ['job_not_found', 'job_not_cancellable'],
  effect: 'write',
  surfaces: ['rest'],
  route: { method: 'POST', path: '/api/jobs/:job/cancel' },
})
