import { createHash } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { capabilities } from '../../../contracts/capabilities/index.ts'
import { AnalysisService } from '../../../orchestrator/domain/analysis/analysis-service.ts'
import { hashPicture } from '../../../orchestrator/domain/analysis/perceptual-hash.ts'
import { checkInput } from '../../../orchestrator/domain/check-input.ts'
import { GenerationViews } from '../../../orchestrator/domain/generation/generation-views.ts'
import { SourcePictures } from '../../../orchestrator/domain/pictures/source-pictures.ts'
import { putGenerationFile } from '../../../orchestrator/storage/generation-files.ts'
import { markGenerationFailed, moveGenerationToBin } from '../../../orchestrator/storage/generation-states.ts'
import { writePictureFile } from '../../../orchestrator/storage/picture-files.ts'
import { putPictureHash } from '../../../orchestrator/storage/picture-hashes.ts'
import { picturePath } from '../../../orchestrator/storage/picture-paths.ts'
import { ReaderThread } from '../../../orchestrator/storage/reader-thread.ts'
import { codeOf, preset } from '../domain/support.ts'
import { fill } from '../gallery/support.ts'
import { fileDatabase, someError, storeGeneration, temporaryFolder } from '../storage/support.ts'
import { scene, side, solid } from './pictures.ts'

/** A gallery whose pictures 1, 2, 3 and so on have these files. */
async function open(...files: Buffer[]) {
  const folder = temporaryFolder()
  const database = fileDatabase(folder)
  fill(database, ...files.map((_, index) => `picture ${index + 1}`))
  for (const [index, bytes] of files.entries()) {
    const id = index + 1
    const file = await writePictureFile(folder, picturePath(id, 'original'), bytes)
    putGenerationFile(database, {
      generation_id: id,
      role: 'original',
      ...file,
      width: side,
      height: side,
      mime: 'image/png',
    })
    putPictureHash(database, id, await hashPicture(bytes))
  }
  const finder = new ReaderThread(join(folder, 'mysticanvas.sqlite'))
  onTestFinished(() => finder.close())
  const views = new GenerationViews(database)
  const sources = new SourcePictures(database, folder)
  const presets = { list: async () => [preset({ id: 'small-world' })] }
  const service = new AnalysisService({ database, dataFolder: folder, views, sources, presets, finder })
  const analyze = async (input: object = {}) => {
    const output = await service.analyze(checkInput(capabilities.analyze_image.input, input), {
      client: 'local',
    })
    return capabilities.analyze_image.output.parse(output)
  }
  return { folder, database, sources, analyze }
}

describe('analyze_image', () => {
  test('[analysis-honest] says who looked, gives no answer, and the prompt as what was asked for', async () => {
    const { analyze } = await open(await scene(1))
    expect(await analyze({ generation: '1', question: 'What is in the picture?' })).toMatchObject({
      analyzer: 'pixels',
      generation: '1',
      answer: null,
      limits: expect.stringContaining('cannot answer the question'),
      asked_for: 'picture 1',
    })
  })

  test('[analysis-pixels] the newest picture the caller asked for where none is named, and the same each time', async () => {
    const { database, analyze } = await open(await scene(1), await scene(2))
    const newest = await analyze()
    expect(newest.generation).toBe('2')
    expect(await analyze({ generation: 'last' })).toEqual(newest)
    expect(await analyze({ generation: '2' })).toEqual(newest)
    moveGenerationToBin(database, 2, 5)
    expect((await analyze()).generation).toBe('1')
    expect((await analyze({ generation: '2' })).generation).toBe('2')
    // An older one in its place would be taken for the one that is still being made.
    storeGeneration(database, 3)
    expect(await codeOf(() => analyze())).toBe('generation_not_finished')
  })

  test('[analysis-similar] similar pictures come nearest first, without the picture itself and without the bin', async () => {
    const { database, analyze } = await open(await scene(1), await scene(2), await scene(1), await scene(1))
    const { similar, summary } = await analyze({ generation: '1' })
    expect(similar.map(({ generation, distance, prompt }) => [generation, distance, prompt])).toEqual([
      ['4', 0, 'picture 4'],
      ['3', 0, 'picture 3'],
    ])
    expect(summary).toContain('2 other pictures of the gallery look much the same.')
    moveGenerationToBin(database, 4, 5)
    expect((await analyze({ generation: '1' })).similar.map(({ generation }) => generation)).toEqual(['3'])
  })

  test('[analysis-pixels] a blank picture is called blank, and nothing is said to be like it', async () => {
    const { analyze } = await open(await solid(20, 20, 20), await solid(20, 20, 20))
    expect(await analyze({ generation: '1' })).toMatchObject({
      summary: [expect.stringMatching(/^The picture is blank/), expect.any(String)],
      measurements: { blank: true },
      similar: [],
      suggestions: [],
    })
  })

  test('[analysis-pixels] an uploaded picture is measured too, and found among the others', async () => {
    const { sources, analyze } = await open(await scene(1))
    const { sha256 } = await sources.upload(await scene(1))
    expect(await analyze({ init_image: sha256 })).toMatchObject({
      generation: null,
      asked_for: null,
      similar: [{ generation: '1', distance: 0 }],
    })
  })

  test('[analysis-errors] what cannot be looked at is told by its code', async () => {
    const { folder, database, analyze } = await open(await scene(1), await scene(2))
    storeGeneration(database, 3)
    storeGeneration(database, 4)
    markGenerationFailed(database, 4, 9, someError)
    rmSync(join(folder, picturePath(1, 'original')))
    writeFileSync(join(folder, picturePath(2, 'original')), (await scene(2)).subarray(0, 300))
    const sha256 = createHash('sha256').update('nothing').digest('hex')
    const codes: [object, string][] = [
      [{ generation: '99' }, 'generation_not_found'],
      [{ generation: '3' }, 'generation_not_finished'],
      [{ generation: '4' }, 'picture_not_found'],
      [{ generation: '1' }, 'picture_not_found'],
      [{ generation: '2' }, 'picture_unreadable'],
      [{ init_image: sha256 }, 'source_picture_not_found'],
      [{ generation: '1', init_image: sha256 }, 'invalid_input'],
      [{ generation: 'newest' }, 'invalid_input'],
      [{ generation: '../1' }, 'invalid_input'],
      [{ question: 'x'.repeat(501) }, 'invalid_input'],
    ]
    for (const [input, code] of codes)
      expect(await codeOf(() => analyze(input)), JSON.stringify(input)).toBe(code)
    expect(await codeOf((await open()).analyze)).toBe('generation_not_found')
  })
})
