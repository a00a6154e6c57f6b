import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { samplers, schedulers } from '../../contracts/entities/engine.ts'
import { minimalModelPath } from '../support/built-in-model.ts'
import { generate, imageRequest, modelOf, picturesOf } from '../support/image-requests.ts'
import { endWorkers, startWorkerProcess, type WorkerProcess } from '../support/worker-process.ts'

/** Every name that is offered, by the real engine with a minimal model: 64 x 64 pixels, 4 steps. */
describe('the embedded engine', () => {
  let worker: WorkerProcess
  let model: ReturnType<typeof modelOf>

  beforeAll(async () => {
    model = modelOf(await minimalModelPath())
    worker = await startWorkerProcess({ configuration: { threads: 1 } })
  })
  afterAll(endWorkers)

  it.each(samplers)('[engine-samplers] samples with %s', async (sampler) => {
    expect(await sizesOf({ sampler })).toEqual(['64x64'])
  })

  it.each(schedulers)('[engine-samplers] schedules noise with %s', async (scheduler) => {
    expect(await sizesOf({ scheduler })).toEqual(['64x64'])
  })

  async function sizesOf(changes: Parameters<typeof imageRequest>[1]): Promise<string[]> {
    const pictures = picturesOf(await generate(worker, imageRequest(model, { steps: 4, ...changes })))
    const found = await Promise.all(
      pictures.map((picture) => sharp(Buffer.from(picture, 'base64')).metadata()),
    )
    return found.map(({ width, height }) => `${width}x${height}`)
  }
})
