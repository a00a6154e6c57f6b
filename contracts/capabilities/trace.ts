import { z } from 'zod'
import { defineCapability } from '../capability.ts'
import { requestIdSchema, traceSchema } from '../entities/trace.ts'

export const getTrace = defineCapability({
  name: 'get_trace',
  title: 'What happened',
  description:
    'Tells what happened to a request: its timeline across processes, attempts, failures and how it ended.',
  input: z.strictObject({ request: requestIdSchema }),
  output: traceSchema,
  errors: ['request_not_found'],
  effect: 'read',
  surfaces: ['rest'],
  route: { method: 'GET', path: '/api/requests/:request/trace' },
})
