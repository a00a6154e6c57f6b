import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp, { type Region, type Stats } from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { imageWorkerRoutes, workerHealthSchema, workerRoutes } from '../../contracts/worker.ts'
import { begin, failureOf, generate, imageRequest, modelOf, picturesOf } from '../support/image-requests.ts'
import { lastAsked, lastOptions, putStandIn, readNotes } from '../support/stand-in-engine.ts'
import {
  endWorkers,
  isAlive,
  startWorkerProcess,
  waitUntil,
  type WorkerProcess,
} from '../support/worker-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'mysticanvas-'))
const program = putStandIn(join(folder, 'engines', 'sd-master-1-bin-Linux', 'build', 'bin'))
const configuration = { engine: 'auto', engines_folder: join(folder, 'engines') }

/** A model of its own for a test; what is in it counts for nothing to the stand-in. */
function modelFile(name: string, content = 'first_stage_model.'): string {
  const path = join(folder, `${name}.safetensors`)
  writeFileSync(path, content)
  return path
}

/** The real worker over a program that behaves like sd-server. */
describe('the image worker with sd-server', () => {
  let worker: WorkerProcess

  beforeAll(async () => {
    const patience = { heartbeat_timeout_ms: 1500, stall_timeout_ms: 2500 }
    worker = await startWorkerProcess({ configuration: { ...configuration, ...patience } })
  })
  afterAll(async () => {
    await endWorkers()
    rmSync(folder, { recursive: true })
  })

  const model = modelOf(modelFile('usual'))
  const ask = (prompt: string, changes = {}) => generate(worker, imageRequest(model, { prompt, ...changes }))

  async function health(of = worker) {
    return workerHealthSchema.parse((await of.client.call('GET', workerRoutes.health)).body)
  }

  it('[engine-choice] is taken where it lies in the engines folder, and says so', async () => {
    expect(await health()).toMatchObject({
      engine: { name: 'sd-server' },
      engine_reason: `From the folder engines: ${program}`,
      capabilities: { mask: true, controlnet: true, cancel_without_reload: false },
    })
  })

  it('[engine-sd-server] makes the pictures of a batch, with phases and steps', async () => {
    const events = await ask('a boat', { count: 2, steps: 3 })
    expect(picturesOf(events)).toHaveLength(2)
    const steps = events.flatMap((event) =>
      event.type === 'progress'
        ? [`${event.progress.phase} ${event.progress.step}/${event.progress.total}`]
        : [],
    )
    expect(steps).toEqual(
      expect.arrayContaining(['loading 0/6', 'encoding 0/6', 'sampling 1/6', 'sampling 6/6']),
    )
    expect(steps.at(-1)).toBe('decoding 6/6')
    expect(events.at(-1)).toMatchObject({
      type: 'completed',
      engine: { name: 'sd-server', version: '57a4d1' },
      timings_ms: { sampling: expect.any(Number), decoding: expect.any(Number) },
    })
  })

  it('[engine-sd-server] learns from the program what the model takes on the card', async () => {
    await ask('a boat', { model: { ...model, placement: { ...model.placement, device: 'auto' } } })
    const told = [...worker.log().matchAll(/"device":"(\w+)","cardPeakBytes":(\d+)/g)].at(-1)
    expect([told?.[1], Number(told?.[2])]).toEqual(['gpu', (2032.5 + 1664) * 1024 * 1024])
  })

  it('[engine-sd-server] passes every setting on in its words', async () => {
    await ask('a boat', { negative_prompt: 'fog', guidance_kind: 'distilled', vae_tiling: true, seed: 9 })
    expect(lastAsked(model.files.model)).toMatchObject({
      prompt: 'a boat',
      negative_prompt: 'fog',
      width: 64,
      height: 64,
      seed: 9,
      batch_count: 1,
      sample_params: {
        sample_method: 'euler_a',
        scheduler: 'discrete',
        sample_steps: 2,
        guidance: { txt_cfg: 1, distilled_guidance: 4 },
      },
      vae_tiling_params: { enabled: true, tile_size_x: 64, tile_size_y: 64 },
    })
  })

  it('[engine-mask] paints only where the mask is white', async () => {
    const source = await flat('#2040c0', 72)
    const mask = await sharp(await flat('#000000', 72))
      .composite([{ input: await flat('#ffffff', 24), left: 48, top: 0 }])
      .toColourspace('b-w')
      .png()
      .toBuffer()
    const events = await ask('a boat', {
      width: 72,
      height: 72,
      strength: 0.8,
      init_image_base64: source.toString('base64'),
      mask_image_base64: mask.toString('base64'),
    })
    const made = Buffer.from(picturesOf(events)[0] ?? '', 'base64')
    const kept = await statsOf(made, { left: 0, top: 0, width: 48, height: 72 })
    const painted = await statsOf(made, { left: 48, top: 0, width: 24, height: 24 })
    expect(kept.channels.map(({ mean }) => mean)).toEqual([0x20, 0x40, 0xc0])
    expect(painted.channels[0]?.stdev).toBeGreaterThan(30)
    // Its networks want sides of 64 pixels, so it gets them, the mask like the picture.
    expect(lastAsked(model.files.model)).toMatchObject({ width: 128, height: 128, strength: 0.8 })
  })

  it('[engine-control] hands a control picture to the control net of the preset', async () => {
    const net = modelFile('canny')
    const controlled = { ...model, files: { ...model.files, control_net: net } }
    const control = (await noise(64)).toString('base64')
    const request = imageRequest(controlled, { control_image_base64: control, control_strength: 0.4 })
    expect(picturesOf(await generate(worker, request))).toHaveLength(1)
    expect(lastOptions(model.files.model)).toMatchObject({ 'control-net': net })
    expect(lastAsked(model.files.model)).toMatchObject({ control_image: control, control_strength: 0.4 })
    const reply = worker.client.stream(
      imageWorkerRoutes.generate,
      imageRequest(model, { control_image_base64: control }),
      'no-net',
    )
    await expect(reply).rejects.toThrow('control_net_missing')
  })

  it('[engine-sd-server] starts anew for another model and for another placement', async () => {
    await ask('a boat')
    const { engine_pid: first } = await health()
    const placement = { device: 'auto', text_encoder: 'cpu', vae: 'cpu', offload: true } as const
    await generate(worker, imageRequest({ ...model, placement }))
    const { engine_pid: second } = await health()
    expect(second).not.toBe(first)
    expect(isAlive(first ?? 0)).toBe(false)
    expect(lastOptions(model.files.model)).toMatchObject({
      'listen-ip': '127.0.0.1',
      backend: 'te=cpu,vae=cpu',
      'offload-to-cpu': true,
      threads: '1',
    })
    const other = modelFile('diffusion', 'double_blocks.0.')
    await generate(worker, imageRequest({ ...modelOf(other), files: { model: other, vae: other } }))
    expect(lastOptions(other)).toMatchObject({ 'diffusion-model': other, vae: other, backend: 'cpu' })
  })

  it.each([
    ['crash', 'engine_failed', { signal: 'SIGABRT' }],
    ['cuda', 'out_of_memory', { last_words: expect.stringContaining('CUDA error: out of memory') }],
    ['fails', 'engine_failed', { engine_message: 'generate_image returned no results' }],
    [
      'refuses',
      'engine_failed',
      { engine_message: expect.stringContaining('invalid generation parameters') },
    ],
    ['garbage', 'engine_failed', { engine_message: expect.stringContaining('no JSON') }],
    ['no-picture', 'engine_failed', {}],
    ['wrong-size', 'engine_failed', { wanted: [64, 64], made: [32, 64] }],
    ['too-few', 'engine_failed', { wanted: 1, made: 0 }],
    ['nan', 'blank_image', {}],
    ['mute', 'engine_hung', { hang: 'silent' }],
    ['stall', 'engine_hung', { hang: 'stalled' }],
  ])(
    '[engine-sd-server-faults] a program of the kind "%s" is %s, and the next request works',
    async (prompt, code, details) => {
      const events = await ask(prompt)
      expect(picturesOf(events)).toEqual([])
      expect(failureOf(events)).toMatchObject({ code, details })
      expect(picturesOf(await ask('a boat'))).toHaveLength(1)
    },
  )

  it.each([
    ['no-model', 'model_file_invalid', { exit_code: 1 }],
    ['no-memory', 'out_of_memory', { last_words: expect.stringContaining('cudaMalloc failed') }],
    ['old', 'engine_failed', { last_words: expect.stringContaining('unknown argument') }],
    ['slow', 'engine_hung', { hang: 'stalled' }],
    ['ancient', 'engine_failed', { engine_message: expect.stringContaining('take a newer one') }],
    ['busy', 'engine_failed', {}],
    ['foreign', 'engine_failed', {}],
  ])('[engine-sd-server-faults] a load of the kind "%s" is %s', async (name, code, details) => {
    const failure = failureOf(await ask('a boat', { model: modelOf(modelFile(name)) }))
    expect(failure).toMatchObject({ code, details })
    expect((await health()).engine_pid).toBeNull()
  })

  it('[engine-sd-server-faults] takes another port where one was taken meanwhile', async () => {
    const path = modelFile('busy-once')
    expect(picturesOf(await ask('a boat', { model: modelOf(path) }))).toHaveLength(1)
    const ports = readNotes(path).flatMap(({ options }) => options?.['listen-port'] ?? [])
    expect(new Set(ports).size).toBe(2)
  })

  it('[engine-sd-server-cancel] ends the program to cancel, also one that ignores a polite request', async () => {
    const running = await begin(worker, imageRequest(model, { prompt: 'stubborn', steps: 100 }))
    await running.first((event) => event.type === 'progress' && event.progress.step > 0)
    const { engine_pid: pid } = await health()
    const reply = await worker.client.call('POST', imageWorkerRoutes.cancel, {
      request_id: running.requestId,
    })
    expect(reply.body).toEqual({ cancelled: true })
    expect(isAlive(pid ?? 0)).toBe(false)
    expect((await running.ended).at(-1)).toEqual({ type: 'cancelled' })
    expect(picturesOf(await ask('a boat'))).toHaveLength(1)
  })

  it('[engine-sd-server-cancel] ends a program that is still loading', async () => {
    const path = modelFile('slow-to-cancel')
    const running = await begin(worker, imageRequest(modelOf(path)))
    await expect.poll(() => readNotes(path), { timeout: 5000 }).toHaveLength(1)
    await worker.client.call('POST', imageWorkerRoutes.cancel, { request_id: running.requestId })
    expect((await running.ended).at(-1)).toEqual({ type: 'cancelled' })
    expect(isAlive(readNotes(path)[0]?.started ?? 0)).toBe(false)
  })

  it('[engine-sd-server-life] ends the program where only its guardian is killed', async () => {
    await ask('a boat')
    const { engine_pid: pid } = await health()
    const guardian = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    process.kill(Number(guardian), 'SIGKILL')
    await waitUntil(() => !isAlive(pid ?? 0), 5000)
    expect(picturesOf(await ask('a boat'))).toHaveLength(1)
  })

  it('[engine-sd-server-life] leaves no program behind when the worker is killed', async () => {
    const doomed = await startWorkerProcess({ configuration })
    await generate(doomed, imageRequest(modelOf(modelFile('doomed'))))
    const { engine_pid: pid } = await health(doomed)
    expect(isAlive(pid ?? 0)).toBe(true)
    doomed.process.kill('SIGKILL')
    await waitUntil(() => !isAlive(pid ?? 0), 5000)
  })
})

describe('the choice of an engine', () => {
  afterAll(endWorkers)

  const missing = join(folder, 'nowhere', 'sd-server')

  it('[engine-choice] the embedded engine stands in where the named program is not there, and says why', async () => {
    const worker = await startWorkerProcess({ configuration: { engine: 'auto', sd_server_path: missing } })
    const reply = workerHealthSchema.parse((await worker.client.call('GET', workerRoutes.health)).body)
    expect(reply.engine.name).toBe('diffusion-cpp')
    expect(reply.engine_reason).toContain(`${missing}, which image_worker.sd_server_path names`)
  })

  it('[engine-choice] a worker that must use sd-server does not start without one', async () => {
    const start = startWorkerProcess({ configuration: { engine: 'sd-server', sd_server_path: missing } })
    await expect(start).rejects.toThrow(`The configuration asks for sd-server, but ${missing}`)
  })

  it('[engine-mask] the embedded engine refuses masks and control pictures by name', async () => {
    const worker = await startWorkerProcess()
    const picture = (await noise(64)).toString('base64')
    const request = imageRequest(modelOf(import.meta.filename), { init_image_base64: picture, strength: 0.5 })
    const send = (changes: object) =>
      worker.client.stream(imageWorkerRoutes.generate, { ...request, ...changes }, 'refused')
    await expect(send({ mask_image_base64: picture })).rejects.toThrow(/unsupported_by_engine.*masks/)
    await expect(send({ control_image_base64: picture })).rejects.toThrow(
      /unsupported_by_engine.*control pictures/,
    )
  })
})

/** The statistics of a part of a picture; sharp takes them of what it was given, not of what was cut out of it. */
async function statsOf(picture: Buffer, part: Region): Promise<Stats> {
  return sharp(await sharp(picture).extract(part).png().toBuffer()).stats()
}

function flat(background: string, side: number): Promise<Buffer> {
  return sharp({ create: { width: side, height: side, channels: 3, background } })
    .png()
    .toBuffer()
}

function noise(side: number): Promise<Buffer> {
  const pixels = Buffer.alloc(side * side * 3).map(() => Math.random() * 256)
  return sharp(pixels, { raw: { width: side, height: side, channels: 3 } })
    .png()
    .toBuffer()
}
