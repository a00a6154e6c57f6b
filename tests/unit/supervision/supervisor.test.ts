import { expect, onTestFinished, test } from 'vitest'
import type { WorkerState } from '../../../contracts/entities/system.ts'
import type { ProductError } from '../../../contracts/errors.ts'
import { Supervisor } from '../../../orchestrator/supervision/supervisor.ts'
import { workerHealthSchema } from '../../../contracts/worker.ts'
import type { WorkerProgram } from '../../../orchestrator/supervision/worker-process.ts'
import { descendantsOf } from '../../support/product-processes.ts'
import { waitUntil } from '../../support/worker-process.ts'
import { program } from './programs.ts'

/** A supervisor with little patience, and what it told. */
function supervise(name: string, changes: Partial<WorkerProgram> = {}) {
  const told: { state: WorkerState; error: ProductError | null }[] = []
  const supervisor = new Supervisor(program(name, changes), {
    healthSchema: workerHealthSchema,
    health: { intervalMs: 50, timeoutMs: 200, misses: 2 },
    restarts: { failures: 3, windowMs: 60_000, firstDelayMs: 20, longestDelayMs: 40 },
    patience: { askedMs: 300, terminatedMs: 300 },
    onState: (state, error) => told.push({ state, error }),
    onLog: () => undefined,
  })
  onTestFinished(() => supervisor.stop())
  const states = () => told.map(({ state }) => state)
  return {
    supervisor,
    told,
    states,
    become: (state: WorkerState) => waitUntil(() => supervisor.status.state === state, 10_000),
  }
}

const fixtures = () =>
  descendantsOf(process.pid).filter(({ command }) => command.includes('fixtures/workers'))

test('[supervision-restart] a worker is started, watched and stopped, and nothing of it is left', async () => {
  const { supervisor, states } = supervise('good')
  supervisor.start()
  const worker = await supervisor.whenReady()
  await waitUntil(() => supervisor.status.health !== null, 5000)
  expect(supervisor.status).toMatchObject({
    state: 'ready',
    pid: worker.child.pid,
    restarts: 0,
    lastWords: null,
  })
  await supervisor.stop()
  expect(states()).toEqual(['starting', 'ready', 'stopping', 'stopped'])
  expect(fixtures()).toEqual([])
})

test('[supervision-restart] a worker that is killed is started again', async () => {
  const { supervisor, states, told } = supervise('good')
  supervisor.start()
  const first = await supervisor.whenReady()
  first.child.kill('SIGKILL')
  await waitUntil(() => supervisor.status.restarts === 1, 5000)
  const second = await supervisor.whenReady()
  expect(second.child.pid).not.toBe(first.child.pid)
  expect(states()).toEqual(['starting', 'ready', 'restarting', 'ready'])
  expect(told[2]?.error).toMatchObject({
    code: 'worker_unavailable',
    details: { signal: 'SIGKILL', hung: false },
  })
})

test('[supervision-restart] a worker that keeps dying is given up with its last words', async () => {
  const { supervisor, told, become } = supervise('crashes')
  supervisor.start()
  await become('failed')
  expect(told.filter(({ state }) => state === 'ready')).toHaveLength(3)
  expect(told.at(-1)?.error).toMatchObject({ code: 'worker_failed', details: { exit_code: 4 } })
  expect(supervisor.status).toMatchObject({
    lastWords: 'The engine took me with it.',
    pid: null,
    restarts: 2,
  })
  await expect(supervisor.whenReady()).rejects.toMatchObject({ code: 'worker_failed' })
  expect(fixtures()).toEqual([])
})

test('[supervision-restart] a worker that never comes up is given up with its last words', async () => {
  const { supervisor, become } = supervise('dies-at-once')
  supervisor.start()
  await become('failed')
  expect(supervisor.status.lastWords).toBe('I cannot find my engine.')
})

test('[supervision-restart] one that was given up can be started again, and its failures are forgotten', async () => {
  const { supervisor, become, states } = supervise('dies-at-once')
  supervisor.start()
  await become('failed')
  await supervisor.restart()
  await become('failed')
  expect(supervisor.status.restarts).toBe(5)
  expect(states()).toEqual([
    'starting',
    'restarting',
    'failed',
    'stopped',
    'starting',
    'restarting',
    'failed',
  ])
})

test('[supervision-hang] a worker that does not answer for its health is replaced', async () => {
  const { supervisor, told } = supervise('hangs')
  supervisor.start()
  const first = await supervisor.whenReady()
  await waitUntil(() => supervisor.status.restarts === 1, 10_000)
  expect(first.child.signalCode).toBe('SIGKILL')
  expect(told.find(({ state }) => state === 'restarting')?.error).toMatchObject({ details: { hung: true } })
})

test('[supervision-hang] a worker that is stopped is replaced', async () => {
  const { supervisor } = supervise('good')
  supervisor.start()
  const first = await supervisor.whenReady()
  first.child.kill('SIGSTOP')
  await waitUntil(() => supervisor.status.restarts === 1, 10_000)
  expect((await supervisor.whenReady()).child.pid).not.toBe(first.child.pid)
})

test('[supervision-kill-ladder] a stubborn worker is gone after a stop, with its child', async () => {
  const { supervisor } = supervise('stubborn')
  supervisor.start()
  await supervisor.whenReady()
  const family = descendantsOf(process.pid).filter(
    ({ command }) => command.includes('stubborn') || command.includes('SIGTERM'),
  )
  expect(family).toHaveLength(2)
  await supervisor.stop()
  await waitUntil(() => fixtures().length === 0, 2000)
})

test('a worker that is not ready yet is stopped at once', async () => {
  const { supervisor, states } = supervise('mute', { startTimeoutMs: 60_000 })
  supervisor.start()
  await waitUntil(() => fixtures().length === 1, 5000)
  await supervisor.stop()
  expect(states()).toEqual(['starting', 'stopped'])
  expect(fixtures()).toEqual([])
})

test('two restarts at once leave one worker', async () => {
  const { supervisor } = supervise('good')
  supervisor.start()
  await supervisor.whenReady()
  await Promise.all([supervisor.restart(), supervisor.restart()])
  await supervisor.whenReady()
  expect(fixtures()).toHaveLength(1)
  await supervisor.stop()
  expect(fixtures()).toEqual([])
})

test('whoever waits for a worker that is stopped hears that it is unavailable', async () => {
  const { supervisor } = supervise('mute')
  supervisor.start()
  const waiting = supervisor.whenReady().catch((error: unknown) => error)
  await supervisor.stop()
  expect(await waiting).toMatchObject({ code: 'worker_unavailable' })
})

test('a wait for a worker can be called off', async () => {
  const { supervisor } = supervise('mute')
  supervisor.start()
  const over = new AbortController()
  const waiting = supervisor.whenReady(over.signal).catch((error: unknown) => error)
  over.abort()
  expect(await waiting).toMatchObject({ name: 'AbortError' })
})
