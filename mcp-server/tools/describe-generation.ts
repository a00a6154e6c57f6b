import type { Generation } from '../../contracts/entities/generation.ts'
import type { McpParts } from '../parts.ts'
import { asData } from '../../contracts/untrusted.ts'

/** Where a picture stands, in sentences a small model understands, with what to do next. */
export function describeGeneration(generation: Generation, { pictures }: McpParts): string {
  const { id, state, recipe, queue_position: position } = generation
  const ask = `It goes on by itself. Call get_generation with generation "${id}" and wait_seconds 50 for the result.`
  switch (state) {
    case 'completed':
      return [
        `Picture ${id} is finished: ${recipe.width}x${recipe.height} pixels, seed ${recipe.seed}.`,
        describeFile(pictures.path(id)),
      ].join(' ')
    case 'queued':
      return `Picture ${id} is not finished: it waits, ${position ?? 0} before it. ${ask}`
    case 'running':
      return `Picture ${id} is not finished: it is being made. ${ask}`
    case 'cancelled':
      return `Picture ${id} was cancelled. There is no picture.`
    case 'failed':
      return `Picture ${id} failed. There is no picture.\n${asData({ error: generation.error })}`
  }
}

/** The facts of a picture, short. Holds text of other people: only to be shown as data. */
export function summarize({
  id,
  state,
  recipe,
  rating,
  favorite,
  notes,
  tags,
  created_at,
  error,
}: Generation) {
  return {
    generation: id,
    state,
    prompt: recipe.prompt,
    negative_prompt: recipe.negative_prompt,
    preset: recipe.preset.id,
    size: `${recipe.width}x${recipe.height}`,
    seed: recipe.seed,
    steps: recipe.steps,
    source_generation: recipe.source_generation,
    tags: tags.map(({ name }) => name),
    rating,
    favorite,
    notes,
    created_at,
    error: error?.code ?? null,
  }
}

function describeFile(path: string | null): string {
  return path === null
    ? 'Its file is gone.'
    : `The whole picture is this file on the machine of MystiCanvas: ${path}`
}
