import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Invoke } from '../../contracts/capabilities/index.ts'
import type { SystemStatus } from '../../contracts/entities/system.ts'
import { ProductError } from '../../contracts/errors.ts'
import type { EventType } from '../../contracts/events.ts'
import type { EventBus } from '../domain/event-bus.ts'
import { endpointOf } from './log-replies.ts'
import type { SignIn } from './sign-in.ts'

interface MetricsParts {
  readonly invoke: Invoke
  readonly events: EventBus
  readonly signIn: SignIn
}

/** What became of attempts at pictures, by the event that tells it. */
const outcomes: Partial<Record<EventType, string>> = {
  'generation-completed': 'completed',
  'generation-failed': 'failed',
  'generation-cancelled': 'cancelled',
  'generation-retried': 'retried',
}

/**
 * Publishes figures for Prometheus at `GET /metrics`, to programs that have the token. Names and units follow its
 * conventions: https://prometheus.io/docs/practices/naming/
 */
export function registerMetrics(app: FastifyInstance, { invoke, events, signIn }: MetricsParts): void {
  const register = new Registry()
  collectDefaultMetrics({ register })
  countRequests(app, register)
  countEvents(app, register, events)
  const show = addStatusGauges(register)
  app.get('/metrics', { exposeHeadRoute: false }, async (request, reply) => {
    if (!signIn.hasToken(request)) {
      void reply.header('www-authenticate', 'Bearer')
      throw new ProductError('unauthorized')
    }
    show(await invoke('get_system_status', {}))
    return reply.type(register.contentType).send(await register.metrics())
  })
}

function countRequests(app: FastifyInstance, register: Registry): void {
  const seconds = new Histogram({
    name: 'mysticanvas_http_request_duration_seconds',
    help: 'How long requests took, by endpoint and status.',
    labelNames: ['endpoint', 'status'],
    buckets: [0.005, 0.025, 0.1, 0.5, 2.5, 10, 60],
    registers: [register],
  })
  app.addHook('onResponse', async (request, reply) => {
    seconds.observe({ endpoint: endpointOf(request), status: reply.statusCode }, reply.elapsedTime / 1000)
  })
}

function countEvents(app: FastifyInstance, register: Registry, events: EventBus): void {
  const attempts = new Counter({
    name: 'mysticanvas_generation_attempts_total',
    help: 'Attempts at pictures that ended, by outcome and, where they failed, by the code of the error.',
    labelNames: ['outcome', 'error_code'],
    registers: [register],
  })
  const failures = new Counter({
    name: 'mysticanvas_worker_failures_total',
    help: 'How often a worker died, hung or did not start.',
    labelNames: ['worker', 'state'],
    registers: [register],
  })
  const unsubscribe = events.subscribe(({ event }) => {
    const outcome = outcomes[event.type]
    const error_code = 'error' in event ? (event.error?.code ?? '') : ''
    if (outcome !== undefined) attempts.inc({ outcome, error_code })
    if (event.type === 'worker-changed' && (event.state === 'restarting' || event.state === 'failed'))
      failures.inc({ worker: event.worker, state: event.state })
  })
  app.addHook('onClose', async () => unsubscribe())
}

/** Figures that are read when they are asked for; the function that is returned sets them. */
function addStatusGauges(register: Registry): (status: SystemStatus) => void {
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `mysticanvas_${name}`, help, labelNames, registers: [register] })
  const jobs = gauge('jobs', 'Pictures that wait or are being made, and small jobs in the background.', [
    'state',
  ])
  const pictures = gauge('pictures', 'Pictures in the gallery.')
  const freeDisk = gauge('disk_free_bytes', 'Free space on the disk of the data folder.')
  const available = gauge('memory_available_bytes', 'Memory of the machine that programs may still take.')
  const up = gauge('worker_up', '1 where the worker can be called.', ['worker'])
  const restarts = gauge('worker_restarts', 'How often the worker was started again since the start.', [
    'worker',
  ])
  const memory = gauge('worker_memory_bytes', 'Resident memory of the worker and its engine.', ['worker'])
  return ({ queue, disk, memory: machine, workers }) => {
    for (const [state, count] of Object.entries(queue)) jobs.set({ state }, count)
    pictures.set(disk.pictures)
    freeDisk.set(disk.free_bytes)
    available.set(machine.available_bytes)
    for (const { name: worker, state, restarts: count, memory_bytes } of workers) {
      up.set({ worker }, state === 'ready' ? 1 : 0)
      restarts.set({ worker }, count)
      memory.set({ worker }, memory_bytes ?? 0)
    }
  }
}
