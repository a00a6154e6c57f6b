import { z } from 'zod'
import { defineCapability } from '../capability.ts'
import { systemStatusSchema } from '../entities/system.ts'
import { storedEventSchema } from '../events.ts'

export const getSystemStatus = defineCapability({
  name: 'get_system_status',
  title: 'System status',
  description: 'Tells what runs, what waits and how much memory is in use.',
  input: z.strictObject({}),
  output: systemStatusSchema,
  errors: [],
  effect: 'read',
  surfaces: ['rest'],
  route: { method: 'GET', path: '/api/status' },
})

export const listEvents = defineCapability({
  name: 'list_events',
  title: 'List events',
  description: 'Lists what happened, newest first.',
  input: z.strictObject({
    before: z.int().min(1).optional().describe('Only events with a smaller id.'),
    limit: z.int().min(1).max(500).default(100),
    request_id: z.string().max(64).optional().describe('Only what belongs to this request.'),
  }),
  output: z.strictObject({ events: z.array(storedEventSchema) }),
  errors: [],
  effect: 'read',
  surfaces: ['rest'],
  route: { method: 'GET', path: '/api/event-log' },
})

export const restartWorker = defineCapability({
  name: 'restart_worker',
  title: 'Start a worker again',
  description:
    'Starts a worker again that was given up or misbehaves; pictures in the making are retried, answers are not.',
  input: z.strictObject({ worker: z.enum(['image', 'language']) }),
  output: systemStatusSchema,
  errors: ['worker_unavailable'],
  effect: 'write',
  surfaces: ['rest'],
  route: { method: 'POST', path: '/api/workers/:worker/restart' },
})
