import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { workerReadySchema, workerRoutes } from '../../contracts/worker.ts'
import { builtInModelPath } from '../support/built-in-model.ts'
import { begin, imageRequest, modelOf } from '../support/image-requests.ts'
import {
  collect,
  endWorkers,
  isAlive,
  spawnWorker,
  startWorkerProcess,
  type WorkerProcess,
} from '../support/worker-process.ts'

/** A worker in the middle of its work, and its engine's process. */
async function startWorking(): Promise<{ worker: WorkerProcess; enginePid: number }> {
  const worker = await startWorkerProcess()
  const running = await begin(worker, imageRequest(modelOf(await builtInModelPath()), { steps: 150 }))
  await running.first((event) => event.type === 'progress' && event.progress.step >= 2)
  const health = await worker.client.call('GET', workerRoutes.health)
  const { engine_pid: enginePid } = health.body as { engine_pid: number }
  expect(isAlive(enginePid)).toBe(true)
  return { worker, enginePid }
}

function bothGone({ worker, enginePid }: { worker: WorkerProcess; enginePid: number }): boolean {
  return !isAlive(worker.ready.pid) && !isAlive(enginePid)
}

/** How a worker begins and ends, with the real engine where it matters. */
describe('the life of an image worker', () => {
  afterEach(endWorkers)

  it('writes one ready line to stdout and nothing else', async () => {
    const worker = await startWorkerProcess()
    await worker.client.call('GET', workerRoutes.health)
    expect(worker.output().trimEnd().split('\n')).toHaveLength(1)
    expect(workerReadySchema.parse(JSON.parse(worker.output())).address.kind).toBe('tcp')
  })

  it('[supervision-lifeline] leaves with its engine within 2 s when its stdin closes', async () => {
    const both = await startWorking()
    both.worker.process.stdin?.end()
    await expect.poll(() => bothGone(both), { timeout: 2000 }).toBe(true)
  })

  it('takes its engine along within 2 s when it is killed while sampling', async () => {
    const both = await startWorking()
    both.worker.process.kill('SIGKILL')
    await expect.poll(() => bothGone(both), { timeout: 2000 }).toBe(true)
  })

  it('takes its engine along within 2 s when it is killed while the engine is loading', async () => {
    const worker = await startWorkerProcess()
    const running = await begin(worker, imageRequest(modelOf(await builtInModelPath())))
    await running.first((event) => event.type === 'progress' && event.progress.phase === 'loading')
    await expect.poll(() => enginesOf(worker), { timeout: 5000 }).toHaveLength(1)
    const [enginePid = 0] = enginesOf(worker)
    worker.process.kill('SIGKILL')
    await expect.poll(() => bothGone({ worker, enginePid }), { timeout: 2000 }).toBe(true)
  })

  it.each(['SIGTERM', 'shutdown'])(
    'stops in order on %s: the work is cancelled and told so, the exit is clean',
    async (way) => {
      const worker = await startWorkerProcess()
      const running = await begin(worker, imageRequest(modelOf(await builtInModelPath()), { steps: 150 }))
      await running.first((event) => event.type === 'progress' && event.progress.step >= 2)
      const [enginePid = 0] = enginesOf(worker)
      const left = once(worker.process, 'exit')
      if (way === 'SIGTERM') worker.process.kill('SIGTERM')
      else await worker.client.call('POST', workerRoutes.shutdown, {})
      expect((await running.ended).at(-1)).toEqual({ type: 'cancelled' })
      expect(await left).toEqual([0, null])
      expect(isAlive(enginePid)).toBe(false)
    },
  )

  it('[supervision-handshake] serves on a pipe that only this user can open, over a stale one', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'mysticanvas-')), 'image.sock')
    const first = await startWorkerProcess({ listen: { kind: 'pipe', path } })
    expect(first.ready.address).toEqual({ kind: 'pipe', path })
    expect(statSync(path).mode & 0o777).toBe(0o600)
    const left = once(first.process, 'exit')
    first.process.kill('SIGKILL')
    await left
    expect(existsSync(path)).toBe(true)

    const second = await startWorkerProcess({ listen: { kind: 'pipe', path } })
    expect((await second.client.call('GET', workerRoutes.health)).status).toBe(200)
  })

  it('does not remove what is no socket', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'mysticanvas-')), 'precious.txt')
    writeFileSync(path, 'mine')
    await expect(startWorkerProcess({ listen: { kind: 'pipe', path } })).rejects.toThrow('in the way')
    expect(existsSync(path)).toBe(true)
  })

  it.each([
    ['no JSON', 'hello secret', 'not JSON'],
    ['another protocol', JSON.stringify({ protocol: 99, token: 'secret'.repeat(8) }), 'check protocol'],
    [
      'a configuration without threads',
      boot({ heartbeat_timeout_ms: 1, stall_timeout_ms: 1 }),
      'configuration.threads',
    ],
    ['an end instead of a line', null, 'ended before'],
  ])('refuses to start on %s, says why, and never repeats the line', async (_, line, reason) => {
    const child = spawnWorker()
    const text = collect(child)
    const left = once(child, 'exit')
    if (line === null) child.stdin?.end()
    else child.stdin?.write(`${line}\n`)
    expect(await left).toEqual([2, null])
    expect(text.log).toContain(reason)
    expect(text.log.trimEnd().split('\n')).toHaveLength(1)
    expect(text.log + text.output).not.toContain('secret')
  })
})

function boot(configuration: Record<string, unknown>): string {
  return JSON.stringify({
    protocol: 1,
    token: 'secret'.repeat(8),
    log_level: 'info',
    listen: { kind: 'tcp' },
    configuration,
  })
}

/** The worker's children: its engine, while it has one. */
function enginesOf(worker: WorkerProcess): number[] {
  const file = `/proc/${worker.ready.pid}/task/${worker.ready.pid}/children`
  return readFileSync(file, 'utf8').trim().split(' ').filter(Boolean).map(Number)
}
