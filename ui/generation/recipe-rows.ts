import type { Generation } from '../../contracts/entities/generation.ts'
import { bytesInWords } from '../../contracts/size-in-words.ts'
import { durationInWords, momentInWords } from '../components/words.ts'

/** One fact about a picture. */
export interface RecipeRow {
  readonly label: string
  readonly value: string
  /** True for what one may want to copy. */
  readonly copy?: boolean
  /** True for the id of a request, which leads to what happened. */
  readonly trace?: boolean
}

/** How a picture is made: two with the same of these are the same picture. */
export function recipeRows({ recipe }: Pick<Generation, 'recipe'>): RecipeRow[] {
  const source = recipe.source_generation ?? recipe.source_picture
  const all: (RecipeRow | null)[] = [
    recipe.style === undefined ? null : { label: 'Style', value: recipe.style },
    recipe.own_prompt === undefined ? null : { label: 'Your words', value: recipe.own_prompt, copy: true },
    recipe.prompt === '' ? null : { label: 'Prompt', value: recipe.prompt, copy: true },
    recipe.negative_prompt === ''
      ? null
      : { label: 'Negative prompt', value: recipe.negative_prompt, copy: true },
    { label: 'Seed', value: String(recipe.seed), copy: true },
    { label: 'Size', value: `${recipe.width} × ${recipe.height}` },
    { label: 'Steps', value: String(recipe.steps) },
    { label: 'Guidance', value: String(recipe.guidance) },
    { label: 'Sampler', value: `${recipe.sampler}, ${recipe.scheduler}` },
    recipe.clip_skip === -1 ? null : { label: 'Clip skip', value: String(recipe.clip_skip) },
    recipe.vae_tiling ? { label: 'Decoding', value: 'in tiles' } : null,
    source === null
      ? null
      : { label: 'Started from', value: `${source.slice(0, 16)}, strength ${recipe.strength}` },
    recipe.mask_picture === undefined ? null : { label: 'Mask', value: recipe.mask_picture.slice(0, 16) },
    recipe.control_picture === undefined
      ? null
      : {
          label: 'Control picture',
          value: `${recipe.control_picture.slice(0, 16)}, strength ${recipe.control_strength}`,
        },
    { label: 'Preset', value: recipe.preset.name },
    recipe.engine === null
      ? null
      : { label: 'Engine', value: `${recipe.engine.name} ${recipe.engine.version}` },
  ]
  return all.filter((row) => row !== null)
}

/** When and how long it was made, and what names it. */
export function recordRows(generation: Generation): RecipeRow[] {
  const { picture, created_at, id, request_id } = generation
  const all: (RecipeRow | null)[] = [
    { label: 'Time', value: timeTaken(generation) },
    picture === null ? null : { label: 'File', value: `PNG, ${bytesInWords(picture.bytes)}` },
    ...memoryRows(generation),
    { label: 'Asked for', value: momentInWords(created_at) },
    { label: 'Picture id', value: id, copy: true },
    { label: 'Request id', value: request_id, copy: true, trace: true },
  ]
  return all.filter((row) => row !== null)
}

/** What memory was expected and taken, and what was done so that it fits. */
function memoryRows({ memory_plan: plan }: Generation): RecipeRow[] {
  if (plan === undefined) return []
  const expected = `${bytesInWords(plan.predicted_bytes)} ± ${bytesInWords(plan.error_bytes)} expected`
  const taken = plan.actual_bytes === null ? '' : `${bytesInWords(plan.actual_bytes)} taken, `
  return [
    { label: 'Memory', value: `${taken}${expected} (${plan.device.name})` },
    ...plan.reasons.map(({ message }) => ({ label: 'Made to fit', value: message })),
  ]
}

function timeTaken({ started_at, finished_at }: Generation): string {
  return started_at === null || finished_at === null
    ? 'not finished'
    : durationInWords(Date.parse(finished_at) - Date.parse(started_at))
}
