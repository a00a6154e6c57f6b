import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { Generation } from '../../../contracts/entities/generation.ts'
import { failureOf, generate, imageRequest, modelOf } from '../../support/image-requests.ts'
import { createDataFolder, removeDataFolders } from '../../support/product-folder.ts'
import { endProducts, startProduct } from '../../support/product.ts'
import { writeRandomModel } from '../../support/random-model.ts'
import { endWorkers, startWorkerProcess } from '../../support/worker-process.ts'

/** Room for the engine's process, the model and 1.2 GB of buffers; decoding 1024 x 1024 at once takes 1.7 GB. */
const dataLimit = 3_000_000_000

afterAll(async () => {
  await Promise.all([endProducts(), endWorkers()])
  removeDataFolders()
})

test.runIf(process.platform === 'linux')(
  '[memory-fits] under a limit that kills it at once, a picture of 1024 x 1024 completes in tiles, and says so',
  async () => {
    const dataFolder = await createDataFolder()
    const folder = join(dataFolder, 'models', 'random')
    mkdirSync(folder)
    const files = writeRandomModel(folder)
    const size = { width: 1024, height: 1024, steps: 1 }

    const worker = await startWorkerProcess({ dataLimit })
    const model = { ...modelOf(files.model), files }
    const unplanned = await generate(worker, imageRequest(model, { ...size, guidance_kind: 'distilled' }))
    expect(failureOf(unplanned).code).toBe('out_of_memory')
    await endWorkers()

    const product = await startProduct({ dataFolder, dataLimit })
    await product.invoke('save_preset', {
      id: 'random',
      name: 'Random',
      description: '',
      files,
      placement: { device: 'cpu' },
      max_side: 1024,
    })
    const { generations } = await product.invoke('generate', { prompt: 'a boat', preset: 'random', ...size })
    const made: Generation = await product.finished(generations[0]?.id ?? '')
    expect(made.error).toBeNull()
    expect(made).toMatchObject({ state: 'completed', picture: { width: 1024, height: 1024 }, attempts: 1 })
    expect(made.memory_plan).toMatchObject({ rung: 'tile_vae', tile_side: 592, retried_after: null })
    expect(made.memory_plan?.reasons).toMatchObject([
      { rung: 'tile_vae', message: expect.stringMatching(/decoded in tiles of 592 pixels/) },
    ])
    expect(made.memory_plan?.actual_bytes).toBeLessThan(1_250_000_000)
    expect(made.recipe.vae_tiling).toBe(true)
    await product.stop()
  },
  240_000,
)
