import { readFile } from 'node:fs/promises'
import type { Call, CapabilityOutput, CheckedInput } from '../../../contracts/capabilities/index.ts'
import type { SimilarPicture } from '../../../contracts/entities/analysis.ts'
import type { Preset } from '../../../contracts/entities/preset.ts'
import type { Recipe } from '../../../contracts/entities/recipe.ts'
import { ProductError } from '../../../contracts/errors.ts'
import type { ReadableDatabase } from '../../storage/connection.ts'
import { getGenerationFile } from '../../storage/generation-files.ts'
import { resolveInside } from '../../storage/picture-paths.ts'
import type { PictureHash } from '../../storage/picture-hashes.ts'
import type { ReaderThread } from '../../storage/reader-thread.ts'
import { findGeneration } from '../generation/find-generation.ts'
import type { GenerationViews } from '../generation/generation-views.ts'
import type { SourcePictures } from '../pictures/source-pictures.ts'
import type { PresetLibrary } from '../presets/preset-library.ts'
import { describeLimits, describePicture } from './describe-picture.ts'
import { MeasureThread } from './measure-thread.ts'
import { hashPicture } from './perceptual-hash.ts'
import { readPixels } from './pixels.ts'
import { suggestEdits } from './suggest-edits.ts'

/** Hashes that differ in more bits than this may belong to any two pictures. */
export const similarWithin = 12

const mostSimilar = 6

interface AnalysisParts {
  readonly database: ReadableDatabase
  readonly dataFolder: string
  readonly views: GenerationViews
  readonly sources: Pick<SourcePictures, 'uploadedFile'>
  readonly presets: Pick<PresetLibrary, 'list'>
  /** Finds similar pictures. */
  readonly finder: ReaderThread
}

interface Subject {
  /** Relative to the data folder. */
  readonly path: string
  readonly generation: number | null
  readonly recipe: Recipe | null
}

/** Looks at the pixels of pictures. */
export class AnalysisService {
  readonly #parts: AnalysisParts
  readonly #thread = new MeasureThread()

  constructor(parts: AnalysisParts) {
    this.#parts = parts
  }

  async analyze(
    input: CheckedInput<'analyze_image'>,
    { client }: Call,
  ): Promise<CapabilityOutput<'analyze_image'>> {
    const { generation, recipe, path } = this.#find(input, client)
    const bytes = await readFile(resolveInside(this.#parts.dataFolder, path)).catch((cause: unknown) => {
      throw new ProductError('picture_not_found', undefined, { cause })
    })
    const [pixels, hash] = await Promise.all([readPixels(bytes), hashPicture(bytes)])
    const { measurements, colors } = await this.#thread.measure(pixels)
    const similar = hash === null || measurements.blank ? [] : await this.#similar(hash, generation)
    const preset = await this.#presetOf(recipe)
    return {
      analyzer: 'pixels',
      generation: generation === null ? null : String(generation),
      summary: describePicture(measurements, colors, similar.length),
      answer: null,
      limits: describeLimits(input.question, recipe !== null),
      asked_for: recipe?.prompt ?? null,
      measurements,
      colors,
      similar,
      suggestions: suggestEdits({
        measured: measurements,
        request: recipe,
        vocabulary: preset?.vocabulary ?? null,
      }),
    }
  }

  /** @throws ProductError where there is no such picture, or none yet */
  #find({ generation, init_image: upload }: CheckedInput<'analyze_image'>, client: string): Subject {
    if (upload === undefined) return this.#findGeneration(generation ?? 'last', client)
    if (generation !== undefined) {
      const message = 'Name one picture to look at, not two.'
      throw new ProductError('invalid_input', message, {
        details: { fields: [{ field: 'init_image', message }] },
      })
    }
    const path = this.#parts.sources.uploadedFile(upload)
    if (path === null)
      throw new ProductError('source_picture_not_found', 'There is no such uploaded picture.')
    return { path, generation: null, recipe: null }
  }

  #findGeneration(reference: string, client: string): Subject {
    const { database, views } = this.#parts
    const id = findGeneration(database, reference, client)
    const { recipe, finished_at: finishedAt } = views.row(id)
    if (finishedAt === null) throw new ProductError('generation_not_finished')
    const file = getGenerationFile(database, id, 'original')
    if (file === null) throw new ProductError('picture_not_found', 'This picture was never made.')
    return { path: file.path, generation: id, recipe }
  }

  async #similar(hash: PictureHash, except: number | null): Promise<SimilarPicture[]> {
    const request = { hash, except, within: similarWithin, limit: mostSimilar }
    const found = await this.#parts.finder.ask('find_similar', request)
    const distances = new Map(found.map(({ generation_id: id, distance }) => [String(id), distance]))
    return this.#parts.views
      .many(found.map(({ generation_id: id }) => id))
      .map(({ id, recipe, picture }) => ({
        generation: id,
        distance: distances.get(id) ?? 0,
        prompt: recipe.prompt,
        thumbnail_url: picture?.thumbnail_url ?? null,
      }))
  }

  /** The preset a picture was made with; for one from elsewhere the first, which is what would be used next. */
  async #presetOf(recipe: Recipe | null): Promise<Preset | null> {
    const presets = await this.#parts.presets.list()
    if (recipe === null) return presets.find(({ availability }) => availability.state === 'ready') ?? null
    return presets.find(({ id }) => id === recipe.preset.id) ?? null
  }
}
