import { randomInt } from 'node:crypto'
import type { Call, CapabilityOutput, CheckedInput } from '../../../contracts/capabilities/index.ts'
import type { Preset } from '../../../contracts/entities/preset.ts'
import type { Recipe } from '../../../contracts/entities/recipe.ts'
import { ProductError } from '../../../contracts/errors.ts'
import { sortPromptWords } from '../../../contracts/prompt-words.ts'
import type { WorkerHealth } from '../../../contracts/worker.ts'
import { chooseRequestId, currentRequestId } from '../../foundation/request-context.ts'
import { transaction, type WritableDatabase } from '../../storage/connection.ts'
import { putGenerationFile, type GenerationFile } from '../../storage/generation-files.ts'
import { insertGeneration } from '../../storage/generations.ts'
import { enqueueJob, jobPriority } from '../../storage/jobs.ts'
import type { EventBus } from '../event-bus.ts'
import { findGuides, type GuidePictures } from '../pictures/guide-pictures.ts'
import type { SourcePictures } from '../pictures/source-pictures.ts'
import type { PresetLibrary } from '../presets/preset-library.ts'
import type { MemoryService } from '../memory/memory-service.ts'
import { requireDiskSpace } from '../system/disk-space.ts'
import { requireImageLimits, type ImageLimits } from './agent-limits.ts'
import { estimateWork } from './estimate-work.ts'
import { findGeneration } from './find-generation.ts'
import { generateKind, type GenerationViews } from './generation-views.ts'
import { announceQueue, readQueue } from './queue-watch.ts'
import { quotePrompt } from './quote-prompt.ts'
import { findRepeated, rememberRequest } from './repeated-request.ts'
import { findStyle } from '../styles/find-style.ts'
import { styleRequest } from '../styles/styled-request.ts'
import { resolveRecipe, type SourcePicture } from './resolve-recipe.ts'
import { waitForEnd } from './wait-for-end.ts'

export interface RequestParts {
  readonly database: WritableDatabase
  readonly dataFolder: string
  readonly events: EventBus
  readonly views: GenerationViews
  readonly presets: PresetLibrary
  readonly sources: SourcePictures
  readonly nextId: () => number
  readonly queueLimit: number
  /** What agents may ask for. */
  readonly imageLimits: ImageLimits
  /** What the image worker last said of itself; null where it is not ready. */
  readonly workerHealth: () => WorkerHealth | null
  readonly memory: MemoryService
  /** Called when there is a picture to make. */
  readonly onQueued: () => void
}

const seedCount = 2 ** 32

/** One attempt and one retry. */
const mostAttempts = 2

/** What is to be made: one recipe for each picture. */
interface Plan {
  readonly recipes: readonly [Recipe, ...Recipe[]]
  readonly preset: Preset
  /** The picture they start from. */
  readonly source: SourcePicture | null
  readonly guides: GuidePictures
}

/**
 * Stores what is wanted and puts it in the queue: each picture a row and a job of its own, all or none of them. A request
 * with an idempotency key that was carried out before is answered with the pictures of then.
 */
export async function requestPictures(
  parts: RequestParts,
  input: CheckedInput<'generate'>,
  call: Call,
): Promise<CapabilityOutput<'generate'>> {
  const repeated = input.estimate === true ? null : findRepeated(parts.database, call.client, input)
  if (repeated !== null) return answer(parts, repeated, input, call)
  const plan = await planPictures(parts, input, call)
  if (input.estimate === true) {
    // A built-in model may still have to be unpacked before its header can be read.
    await parts.presets.prepare(plan.preset)
    return { generations: [], estimate: await estimateWork(parts, plan) }
  }
  const { ids, isNew } = store(parts, plan, input, call)
  if (isNew) announce(parts, ids)
  return answer(parts, ids, input, call)
}

async function planPictures(parts: RequestParts, input: CheckedInput<'generate'>, call: Call): Promise<Plan> {
  const { database, presets, sources } = parts
  const style = input.style === undefined ? null : findStyle(database, input.style)
  const preset = input.preset === undefined ? await presets.first() : await presets.get(input.preset)
  await presets.requireUsable(preset)
  await requireDiskSpace(parts.dataFolder)
  const { generation, init_image } = input
  const source = sources.find({
    init_image,
    generation:
      generation === undefined ? undefined : String(findGeneration(database, generation, call.client)),
  })
  const guides = findGuides(sources, input, source, preset, parts.workerHealth()?.capabilities ?? null)
  const styled = styleRequest(input, style, preset)
  const firstSeed = input.seed ?? randomInt(seedCount)
  const resolve = (index: number): Recipe => ({
    ...resolveRecipe(styled.input, preset, source, (firstSeed + index) % seedCount),
    ...styled.marks,
    ...guides.marks,
  })
  const others = Array.from({ length: (input.count ?? 1) - 1 }, (_, index) => resolve(index + 1))
  return { recipes: [resolve(0), ...others], preset, source, guides }
}

function store(
  { database, nextId, queueLimit, imageLimits, sources }: RequestParts,
  { recipes, preset, ...pictures }: Plan,
  input: CheckedInput<'generate'>,
  { client }: Call,
): { ids: readonly number[]; isNew: boolean } {
  const requestId = currentRequestId() ?? chooseRequestId(undefined)
  const files = filesOfSources(sources, pictures)
  return transaction(database, () => {
    // Looked at again inside: the same request may have come twice at the same time.
    const repeated = findRepeated(database, client, input)
    if (repeated !== null) return { ids: repeated, isNew: false }
    if (readQueue(database).waiting + recipes.length > queueLimit) throw new ProductError('queue_full')
    requireImageLimits(database, client, recipes.length, imageLimits, Date.now())
    const ids = recipes.map((recipe) => {
      const id = nextId()
      const now = Date.now()
      const prompt_words =
        preset.vocabulary === null ? null : sortPromptWords(recipe.prompt, preset.vocabulary)
      insertGeneration(database, { id, recipe, prompt_words, request_id: requestId, client, created_at: now })
      for (const file of files) putGenerationFile(database, { ...file, generation_id: id })
      enqueueJob(database, {
        kind: generateKind,
        payload: { generation_id: id },
        priority: jobPriority.person,
        max_attempts: mostAttempts,
        request_id: requestId,
        generation_id: id,
        unique_key: `${generateKind}:${id}`,
        run_at: now,
        created_at: now,
      })
      return id
    })
    rememberRequest(database, client, input, ids)
    return { ids, isNew: true }
  })
}

/** The files of what the pictures are made from, under their roles. */
function filesOfSources(
  sources: SourcePictures,
  { source, guides }: Pick<Plan, 'source' | 'guides'>,
): Omit<GenerationFile, 'generation_id'>[] {
  const roles = [
    ['init', source],
    ['mask', guides.mask],
    ['control', guides.control],
  ] as const
  return roles.flatMap(([role, picture]) => {
    const file = picture === null ? null : sources.fileOf(picture, role)
    return file === null ? [] : [file]
  })
}

function announce({ database, events, views, onQueued }: RequestParts, ids: readonly number[]): void {
  for (const generation of views.many(ids)) {
    events.publish({ type: 'generation-queued', generation }, `${quotePrompt(generation)} was queued.`)
  }
  onQueued()
  announceQueue(database, events)
}

async function answer(
  parts: RequestParts,
  ids: readonly number[],
  input: CheckedInput<'generate'>,
  call: Call,
): Promise<CapabilityOutput<'generate'>> {
  await waitForEnd(parts, ids, input.wait_seconds ?? 0, call)
  return { generations: parts.views.many(ids), estimate: null }
}
