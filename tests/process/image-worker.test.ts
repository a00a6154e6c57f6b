import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { imageWorkerRoutes, workerHealthSchema, workerRoutes } from '../../contracts/worker.ts'
import { examinePicture } from '../../workers/image/blank-check.ts'
import { builtInModelPath } from '../support/built-in-model.ts'
import { begin, failureOf, generate, imageRequest, modelOf, picturesOf } from '../support/image-requests.ts'
import { endWorkers, isAlive, startWorkerProcess, type WorkerProcess } from '../support/worker-process.ts'

/** The real worker with the real engine and the built-in model. */
describe('the image worker', () => {
  let worker: WorkerProcess
  let model: ReturnType<typeof modelOf>

  beforeAll(async () => {
    model = modelOf(await builtInModelPath())
    worker = await startWorkerProcess({ configuration: { heartbeat_timeout_ms: 4000 } })
  })
  afterAll(endWorkers)

  async function health() {
    return workerHealthSchema.parse((await worker.client.call('GET', workerRoutes.health)).body)
  }

  it('says who it is before any model is loaded', async () => {
    expect(worker.ready.pid).toBe(worker.process.pid)
    const state = await health()
    expect(state).toMatchObject({ state: 'idle', models: [], current: null, engine_pid: null })
    expect(state.engine).toEqual({ name: 'diffusion-cpp', version: worker.ready.versions['diffusion-cpp'] })
    expect(state.memory.worker_bytes).toBeGreaterThan(10_000_000)
  })

  it('[engine-txt2img] makes the same picture from the same seed, and goes through all phases', async () => {
    const first = await generate(worker, imageRequest(model))
    const again = await generate(worker, imageRequest(model))
    const other = await generate(worker, imageRequest(model, { seed: 8 }))
    expect(picturesOf(first)).toHaveLength(1)
    expect(picturesOf(again)).toEqual(picturesOf(first))
    expect(picturesOf(other)).not.toEqual(picturesOf(first))

    const phases = first.flatMap((event) => (event.type === 'progress' ? [event.progress.phase] : []))
    expect([...new Set(phases)]).toEqual(['loading', 'encoding', 'sampling', 'decoding'])
    const secondPhases = again.flatMap((event) => (event.type === 'progress' ? [event.progress.phase] : []))
    expect(secondPhases).not.toContain('loading')
    const last = first.at(-1)
    expect(last).toMatchObject({ type: 'completed', engine: { name: 'diffusion-cpp' } })
    expect(first.filter((event) => ['completed', 'failed', 'cancelled'].includes(event.type))).toHaveLength(1)
    if (last?.type !== 'completed') return
    expect(Object.keys(last.timings_ms).toSorted()).toEqual([
      'decoding',
      'encoding',
      'load',
      'sampling',
      'total',
    ])
    expect(last.engine_peak_bytes).toBeGreaterThan(200_000_000)
  })

  it('tells what is loaded, and gives the memory back when it is unloaded', async () => {
    const loaded = await health()
    expect(loaded.models).toHaveLength(1)
    expect(loaded.memory.engine_bytes).toBeGreaterThan(200_000_000)
    await worker.client.call('POST', workerRoutes.unload, {})
    expect(await health()).toMatchObject({ models: [], engine_pid: null, memory: { engine_bytes: 0 } })
    expect(isAlive(loaded.engine_pid ?? 0)).toBe(false)
    await worker.client.call('POST', workerRoutes.load, model)
    expect((await health()).models).toEqual(loaded.models)
  })

  it('[engine-batch] makes a batch equal to single pictures of the next seeds', async () => {
    const batch = await generate(worker, imageRequest(model, { count: 2 }))
    const second = await generate(worker, imageRequest(model, { seed: 8 }))
    expect(picturesOf(batch)).toHaveLength(2)
    expect(picturesOf(batch)[1]).toBe(picturesOf(second)[0])
    expect(batch.flatMap((event) => (event.type === 'image' ? [[event.index, event.seed]] : []))).toEqual([
      [0, 7],
      [1, 8],
    ])
  })

  it('makes pictures of sizes the engine would round up', async () => {
    const [wide] = picturesOf(await generate(worker, imageRequest(model, { width: 96, steps: 1 })))
    expect(await examinePicture(Buffer.from(wide ?? '', 'base64'))).toMatchObject({ width: 96, height: 64 })
  })

  it('[engine-img2img] makes pictures from pictures, the nearer to the source the less strength', async () => {
    const [source = ''] = picturesOf(await generate(worker, imageRequest(model)))
    const changes = { init_image_base64: source, prompt: 'a blue boat on the sea', steps: 4 }
    const [near = ''] = picturesOf(
      await generate(worker, imageRequest(model, { ...changes, strength: 0.25 })),
    )
    const [far = ''] = picturesOf(await generate(worker, imageRequest(model, { ...changes, strength: 1 })))
    expect(await meanDifference(source, near)).toBeLessThan(await meanDifference(source, far))
  })

  it.each([
    ['a width that is no multiple of 8', { width: 100 }, 'invalid_input'],
    ['a source picture of another size', { init_image_base64: onePixel(), strength: 0.5 }, 'invalid_input'],
    ['a source that is no picture', { init_image_base64: 'aGVsbG8=', strength: 0.5 }, 'picture_unreadable'],
    [
      'a model file that is not there',
      { model: modelOf('/nowhere/model.safetensors') },
      'model_file_missing',
    ],
  ])('refuses %s before it begins', async (_, changes, code) => {
    const reply = await worker.client.call('POST', imageWorkerRoutes.generate, imageRequest(model, changes))
    expect(reply.body).toMatchObject({ error: { code, request_id: reply.headers['x-request-id'] } })
  })

  it('[engine-cancel] does one thing at a time, and cancels it so that the next works', async () => {
    const running = await begin(worker, imageRequest(model, { steps: 150 }))
    await running.first((event) => event.type === 'progress' && event.progress.step >= 2)
    expect(await health()).toMatchObject({ state: 'working', current: { request_id: running.requestId } })
    await expect(generate(worker, imageRequest(model))).rejects.toThrow('worker_busy')
    expect((await worker.client.call('POST', workerRoutes.unload, {})).status).toBe(409)
    const { engine_pid: before } = await health()

    const other = await worker.client.call('POST', imageWorkerRoutes.cancel, { request_id: 'another' })
    expect(other.body).toEqual({ cancelled: false })
    const reply = await worker.client.call('POST', imageWorkerRoutes.cancel, {
      request_id: running.requestId,
    })
    expect(reply.body).toEqual({ cancelled: true })
    expect((await running.ended).at(-1)).toEqual({ type: 'cancelled' })
    expect(picturesOf(running.events)).toEqual([])

    expect((await health()).state).toBe('idle')
    expect(picturesOf(await generate(worker, imageRequest(model)))).toHaveLength(1)
    expect((await health()).engine_pid).toBe(before)
  })

  it('cancels work whose client has gone away', async () => {
    const running = await begin(worker, imageRequest(model, { steps: 150 }))
    await running.first((event) => event.type === 'progress' && event.progress.step >= 2)
    running.leave()
    await expect.poll(async () => (await health()).state, { timeout: 5000 }).toBe('idle')
  })

  it('[engine-crash] reports a killed engine with its end, and makes the next picture with a new one', async () => {
    const running = await begin(worker, imageRequest(model, { steps: 150 }))
    await running.first((event) => event.type === 'progress' && event.progress.step >= 2)
    const { engine_pid: enginePid } = await health()
    process.kill(enginePid ?? 0, 'SIGKILL')
    expect(failureOf(await running.ended)).toMatchObject({
      code: 'engine_failed',
      details: { signal: 'SIGKILL' },
    })
    expect(picturesOf(await generate(worker, imageRequest(model)))).toHaveLength(1)
    expect((await health()).engine_pid).not.toBe(enginePid)
  })

  it('[supervision-hang] gives up an engine that stands still, in time, and makes the next picture with a new one', async () => {
    const running = await begin(worker, imageRequest(model, { steps: 150 }))
    await running.first((event) => event.type === 'progress' && event.progress.step >= 2)
    const { engine_pid: enginePid } = await health()
    process.kill(enginePid ?? 0, 'SIGSTOP')
    const stopped = performance.now()
    expect(failureOf(await running.ended)).toMatchObject({ code: 'engine_hung', details: { hang: 'silent' } })
    expect(performance.now() - stopped).toBeLessThan(6500)
    expect(isAlive(enginePid ?? 0)).toBe(false)
    expect(picturesOf(await generate(worker, imageRequest(model)))).toHaveLength(1)
  })

  it('names a model file the engine cannot use, and works with a good one after it', async () => {
    const wrong = modelOf(`${import.meta.dirname}/../../package.json`)
    const failure = failureOf(await generate(worker, imageRequest(wrong)))
    expect(failure.code).toBe('model_file_invalid')
    expect(failure.details['last_words']).toContain('package.json')
    expect(picturesOf(await generate(worker, imageRequest(model)))).toHaveLength(1)
  })

  it('[supervision-token] shows its token nowhere', async () => {
    await worker.client.call('GET', workerRoutes.health, undefined, {
      authorization: `Bearer ${worker.token}x`,
    })
    const { engine_pid: enginePid } = await health()
    for (const pid of [worker.ready.pid, enginePid ?? 0]) {
      expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8')).not.toContain(worker.token)
      expect(readFileSync(`/proc/${pid}/environ`, 'utf8')).not.toContain(worker.token)
    }
    expect(worker.log()).toContain('answered')
    expect(worker.log() + worker.output()).not.toContain(worker.token)
  })
})

/** How far two pictures of one size are apart, from 0 to 255. */
async function meanDifference(one: string, other: string): Promise<number> {
  const [first, second] = await Promise.all([pixelsOf(one), pixelsOf(other)])
  return first.reduce((sum, value, index) => sum + Math.abs(value - (second[index] ?? 0)), 0) / first.length
}

function pixelsOf(png: string): Promise<Buffer> {
  return sharp(Buffer.from(png, 'base64')).removeAlpha().raw().toBuffer()
}

function onePixel(): string {
  return 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
}
