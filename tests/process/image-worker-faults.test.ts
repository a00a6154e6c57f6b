import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { imageWorkerRoutes, workerHealthSchema, workerRoutes } from '../../contracts/worker.ts'
import { begin, failureOf, generate, imageRequest, modelOf, picturesOf } from '../support/image-requests.ts'
import { endWorkers, startWorkerProcess, type WorkerProcess } from '../support/worker-process.ts'

/** The real worker over an engine that misbehaves as its prompt says. */
describe('the image worker with a faulty engine', () => {
  const model = modelOf(import.meta.filename)
  let worker: WorkerProcess

  beforeAll(async () => {
    worker = await startWorkerProcess({
      script: 'tests/fixtures/engines/scripted-worker.ts',
      configuration: { heartbeat_timeout_ms: 1000, stall_timeout_ms: 1500 },
    })
  })
  afterAll(endWorkers)

  const ask = (prompt: string, changes = {}) => generate(worker, imageRequest(model, { prompt, ...changes }))

  async function health(of = worker) {
    return workerHealthSchema.parse((await of.client.call('GET', workerRoutes.health)).body)
  }

  it('passes a good picture on', async () => {
    const events = await ask('noise')
    expect(picturesOf(events)).toHaveLength(1)
    expect(events.at(-1)).toMatchObject({ timings_ms: { encoding: 1, sampling: 2, decoding: 3 } })
  })

  it('[engine-blank] never passes a blank picture on', async () => {
    const events = await ask('blank')
    expect(picturesOf(events)).toEqual([])
    expect(failureOf(events)).toMatchObject({
      code: 'blank_image',
      details: { pictures: [{ index: 0, seed: 7, deviations: [0, 0, 0] }] },
    })
  })

  it('passes the good pictures of a batch on and names the blank one', async () => {
    const events = await ask('second-blank', { count: 3 })
    expect(events.flatMap((event) => (event.type === 'image' ? [event.index] : []))).toEqual([0, 2])
    expect(failureOf(events).details).toMatchObject({ pictures: [{ index: 1, seed: 8 }] })
  })

  it.each([
    ['wrong-size', 'engine_failed', { wanted: [64, 64], made: [32, 64] }],
    ['garbage', 'engine_failed', {}],
    ['too-few', 'engine_failed', { wanted: 1, made: 0 }],
    [
      'crash',
      'engine_failed',
      { signal: 'SIGABRT', last_words: expect.stringMatching(/^GGML_ASSERT failed$/m) },
    ],
    [
      'babble',
      'engine_failed',
      { signal: 'SIGKILL', last_words: expect.stringContaining('broke the protocol') },
    ],
    ['out-of-memory', 'out_of_memory', { signal: 'SIGABRT' }],
    ['mute', 'engine_hung', { hang: 'silent' }],
    ['stall', 'engine_hung', { hang: 'stalled' }],
  ])('reports an engine of the kind "%s" as %s, and works after it', async (prompt, code, details) => {
    const events = await ask(prompt)
    expect(picturesOf(events)).toEqual([])
    expect(failureOf(events)).toMatchObject({ code, details })
    expect(picturesOf(await ask('noise'))).toHaveLength(1)
  })

  it('[memory-told] tells a lack of memory from a bad file, and from other failures', async () => {
    const failure = failureOf(await ask('noise', { model: modelOf(await fixtureFile('no-memory')) }))
    expect(failure).toMatchObject({
      code: 'out_of_memory',
      details: { engine_message: 'failed to allocate 99 GB' },
    })
  })

  it('gives up a load that gets nowhere, although the engine shows signs of life', async () => {
    const failure = failureOf(await ask('noise', { model: modelOf(await fixtureFile('slow')) }))
    expect(failure).toMatchObject({ code: 'engine_hung', details: { hang: 'stalled' } })
  })

  it('cancels a load at once', async () => {
    const running = await begin(worker, imageRequest(modelOf(await fixtureFile('slow'))))
    await running.first((event) => event.type === 'progress')
    const began = performance.now()
    const reply = await worker.client.call('POST', imageWorkerRoutes.cancel, {
      request_id: running.requestId,
    })
    expect(reply.body).toEqual({ cancelled: true })
    expect(performance.now() - began).toBeLessThan(1000)
    expect((await running.ended).at(-1)).toEqual({ type: 'cancelled' })
  })

  it('ends an engine by force that does not stop when told to', async () => {
    const patient = await startWorkerProcess({ script: 'tests/fixtures/engines/scripted-worker.ts' })
    const running = await begin(patient, imageRequest(model, { prompt: 'deaf' }))
    await running.first((event) => event.type === 'progress' && event.progress.phase === 'encoding')
    const began = performance.now()
    const reply = await patient.client.call('POST', imageWorkerRoutes.cancel, {
      request_id: running.requestId,
    })
    expect(reply.body).toEqual({ cancelled: true })
    expect(performance.now() - began).toBeGreaterThan(4500)
    expect((await health(patient)).engine_pid).toBeNull()
  })

  it('starts a new engine where the last one died while nobody asked for it', async () => {
    await ask('noise')
    process.kill((await health()).engine_pid ?? 0, 'SIGKILL')
    await expect.poll(async () => (await health()).engine_pid, { timeout: 2000 }).toBeNull()
    expect((await health()).models).toEqual([])
    expect(picturesOf(await ask('noise'))).toHaveLength(1)
  })
})

/** An empty file whose name tells the scripted engine how to load it. */
async function fixtureFile(name: string): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'mysticanvas-')), `${name}.safetensors`)
  await writeFile(path, '')
  return path
}
