import { once } from 'node:events'
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { errorReplySchema } from '../../../contracts/errors.ts'
import { workerRoutes, workerVitals } from '../../../contracts/worker.ts'
import { workerKinds } from '../../support/worker-kinds.ts'
import { endWorkers, startWorkerProcess, type WorkerProcess } from '../../support/worker-process.ts'

/** What the health of every kind has to say, whatever it says beside. */
const commonHealth = z.looseObject({
  ...workerVitals,
  state: z.enum(['idle', 'loading', 'working', 'stopping']),
  engine: z.strictObject({ name: z.string().min(1), version: z.string().min(1) }),
  capabilities: z.looseObject({}),
  models: z.array(z.strictObject({ key: z.string(), bytes: z.int() })),
  memory: z.strictObject({ worker_bytes: z.int().min(1), engine_bytes: z.int(), engine_peak_bytes: z.int() }),
  uptime_ms: z.number().min(1),
})

describe.each(workerKinds)(
  'the contract of workers: $name',
  ({ script, configuration, routes, badInput }) => {
    let worker: WorkerProcess

    beforeAll(async () => {
      worker = await startWorkerProcess({ script, configuration })
    })
    afterAll(endWorkers)

    it('[workers-contract] tells its health in full', async () => {
      const { status, body } = await worker.client.call('GET', workerRoutes.health)
      expect(status).toBe(200)
      const health = commonHealth.parse(body)
      expect(health).toMatchObject({ state: 'idle', requests_in_flight: 0, models: [] })
      expect(health.versions).toEqual(worker.ready.versions)
      expect(health.versions['node']).toBe(process.versions.node)
      expect(health.machine_memory.total_bytes).toBeGreaterThan(health.machine_memory.available_bytes)
    })

    it.each(routes)(
      '[workers-contract] [supervision-token] %s %s is closed without the token',
      async (method, path) => {
        const ask = (authorization: string) =>
          worker.client.call(method, path, method === 'POST' ? {} : undefined, { authorization })
        for (const none of ['', 'Bearer', `Basic ${worker.token}`, worker.token])
          expect(await ask(none), none).toMatchObject({
            status: 401,
            body: { error: { code: 'worker_unauthenticated' } },
          })
        const sameLength = randomBytes(worker.token.length / 2).toString('hex')
        for (const wrong of [
          'x',
          sameLength,
          `${worker.token}x`,
          worker.token.slice(1),
          worker.token.toUpperCase(),
        ])
          expect(await ask(`Bearer ${wrong}`), wrong).toMatchObject({
            status: 403,
            body: { error: { code: 'worker_forbidden' } },
          })
        expect((await worker.client.call('GET', workerRoutes.health)).status).toBe(200)
      },
    )

    it.each([
      ['a route there is none of', 404, 'route_not_found', 'GET', '/internal/nothing', undefined, {}],
      ['input that is not valid', 400, 'invalid_input', 'POST', ...badInput, {}],
      [
        'a body that is no JSON',
        415,
        'unsupported_media_type',
        'POST',
        badInput[0],
        {},
        { 'content-type': 'text/plain' },
      ],
    ] as const)(
      '[workers-contract] answers %s in the one shape of errors',
      async (_, status, code, method, path, body, headers) => {
        const reply = await worker.client.call(method, path, body, {
          'x-request-id': 'who-asked',
          ...headers,
        })
        expect(reply.status).toBe(status)
        expect(errorReplySchema.parse(reply.body).error).toMatchObject({ code, request_id: 'who-asked' })
        expect(reply.headers['x-request-id']).toBe('who-asked')
      },
    )

    it('[trace-context] names the request and the trace of its caller in its log', async () => {
      const traceId = randomBytes(16).toString('hex')
      await worker.client.call(
        'POST',
        workerRoutes.unload,
        {},
        {
          'x-request-id': 'traced',
          traceparent: `00-${traceId}-b7ad6b7169203331-01`,
        },
      )
      const facts = {
        request_id: 'traced',
        trace_id: traceId,
        endpoint: `POST ${workerRoutes.unload}`,
        outcome: 'answered',
      }
      const lines = () =>
        worker
          .log()
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as object)
      await expect
        .poll(lines)
        .toContainEqual(expect.objectContaining({ ...facts, duration_ms: expect.any(Number) }))
    })

    it('[workers-contract] leaves in order when it is asked to', async () => {
      const left = once(worker.process, 'exit')
      expect((await worker.client.call('POST', workerRoutes.shutdown, {})).status).toBe(200)
      expect(await left).toEqual([0, null])
    })
  },
)
