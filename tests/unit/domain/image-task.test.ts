import { afterEach, beforeEach, expect, test } from 'vitest'
import { placementSchema } from '../../../contracts/entities/engine.ts'
import { workerHealthSchema, type ImageRequest } from '../../../contracts/worker.ts'
import { ImageTask } from '../../../orchestrator/domain/generation/image-worker.ts'
import { Supervisor } from '../../../orchestrator/supervision/supervisor.ts'
import { program } from '../supervision/programs.ts'

const request: ImageRequest = {
  model: { files: { model: '/models/small.gguf' }, placement: placementSchema.parse({}) },
  prompt: 'a boat',
  negative_prompt: '',
  width: 64,
  height: 64,
  steps: 2,
  guidance: 4,
  guidance_kind: 'classifier_free',
  sampler: 'euler',
  scheduler: 'discrete',
  clip_skip: -1,
  seed: 1,
  count: 1,
  vae_tiling: false,
  vae_tile_side: null,
  init_image_base64: null,
  strength: null,
  mask_image_base64: null,
  control_image_base64: null,
  control_strength: null,
}

let supervisor: Supervisor

function supervise(name: string): void {
  supervisor = new Supervisor(program(name), {
    healthSchema: workerHealthSchema,
    health: { intervalMs: 1000, timeoutMs: 1000, misses: 2 },
    restarts: { failures: 1, windowMs: 1000, firstDelayMs: 1, longestDelayMs: 1 },
    onState: () => undefined,
    onLog: () => undefined,
  })
  supervisor.start()
}

beforeEach(() => supervise('cancel-late'))
afterEach(() => supervisor.stop())

test('[generation-cancel] a request that is still on its way to the worker is cancelled all the same', async () => {
  await supervisor.whenReady()
  const task = new ImageTask(supervisor, request)
  const running = task.run(() => undefined)
  // The worker is known now, and has not noticed the request.
  await new Promise((resolve) => setTimeout(resolve, 50))
  await task.cancel()
  expect(await running).toBeNull()
})

test('[generation-cancel] a picture that waits for its worker is cancelled at once', async () => {
  await supervisor.stop()
  supervise('mute')
  const task = new ImageTask(supervisor, request)
  const running = task.run(() => undefined)
  await task.cancel()
  expect(await running).toBeNull()
})

test('[generation-cancel] a picture that is cancelled before it begins is never asked for', async () => {
  await supervisor.whenReady()
  const task = new ImageTask(supervisor, request)
  await task.cancel()
  expect(await task.run(() => undefined)).toBeNull()
})

test('[generation-durable] a worker that dies over a picture is told as unavailable', async () => {
  const worker = await supervisor.whenReady()
  const running = new ImageTask(supervisor, request).run(() => undefined).catch((error: unknown) => error)
  await new Promise((resolve) => setTimeout(resolve, 50))
  worker.child.kill('SIGKILL')
  expect(await running).toMatchObject({ code: 'worker_unavailable' })
})
