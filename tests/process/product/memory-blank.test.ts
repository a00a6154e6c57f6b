import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { failureOf, generate, imageRequest, modelOf, picturesOf } from '../../support/image-requests.ts'
import { createDataFolder, removeDataFolders } from '../../support/product-folder.ts'
import { endProducts, quick, startProduct } from '../../support/product.ts'
import { writeRandomModel } from '../../support/random-model.ts'
import { endWorkers, startWorkerProcess } from '../../support/worker-process.ts'

afterAll(async () => {
  await Promise.all([endProducts(), endWorkers()])
  removeDataFolders()
})

/** A folder for models in a data folder, where presets may name files. */
function modelFolder(dataFolder: string): string {
  const folder = join(dataFolder, 'models', 'random')
  mkdirSync(folder)
  return folder
}

test.each(['nan', 'flat'] as const)(
  '[engine-blank] a real engine that decodes to %s gives an error and no picture',
  async (decoder) => {
    const files = writeRandomModel(modelFolder(await createDataFolder()), { decoder })
    const worker = await startWorkerProcess()
    const model = { ...modelOf(files.model), files }
    const events = await generate(worker, imageRequest(model, { guidance_kind: 'distilled', steps: 1 }))
    expect(picturesOf(events)).toEqual([])
    expect(failureOf(events)).toMatchObject({ code: 'blank_image' })
    await endWorkers()
  },
)

test('[memory-retry] a picture that comes out blank is made once more in another way, and then the failure is told', async () => {
  const dataFolder = await createDataFolder()
  const files = writeRandomModel(modelFolder(dataFolder), { decoder: 'nan' })
  const product = await startProduct({ dataFolder })
  await product.invoke('save_preset', { id: 'random', name: 'Random', files, placement: { device: 'cpu' } })
  const size = { width: 384, height: 256, steps: 1 }
  const { generations } = await product.invoke('generate', { ...quick, ...size, preset: 'random' })
  const failed = await product.finished(generations[0]?.id ?? '')
  expect(failed).toMatchObject({ state: 'failed', picture: null, error: { code: 'blank_image' } })
  expect(failed.memory_plan).toMatchObject({
    rung: 'tile_vae',
    retried_after: 'blank_image',
    actual_bytes: null,
  })
  await product.stop()
})
