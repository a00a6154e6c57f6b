import type { GenerationState, PromptWords } from '../../contracts/entities/generation.ts'
import type { MemoryPlan } from '../../contracts/entities/memory.ts'
import type { Recipe } from '../../contracts/entities/recipe.ts'
import type { ErrorBody } from '../../contracts/errors.ts'

/** One picture as the database knows it; times in milliseconds since 1970. */
export interface GenerationRow {
  readonly id: number
  readonly state: GenerationState
  readonly attempts: number
  readonly request_id: string
  readonly parent_id: number | null
  readonly created_at: number
  readonly started_at: number | null
  readonly finished_at: number | null
  readonly deleted_at: number | null
  /** 0 to 5; null where nobody rated it. */
  readonly rating: number | null
  /** 1 for a favorite, else 0. */
  readonly favorite: number
  readonly notes: string
  readonly recipe: Recipe
  readonly prompt_words: PromptWords | null
  readonly error: ErrorBody | null
  /** Null where it was not planned: pictures that wait, imported ones, and those of earlier versions. */
  readonly memory_plan: MemoryPlan | null
}

/** The same with its JSON still as text. */
export type StoredGenerationRow = Omit<GenerationRow, 'recipe' | 'prompt_words' | 'error' | 'memory_plan'> & {
  readonly recipe: string
  readonly prompt_words: string | null
  readonly error: string | null
  readonly memory_plan: string | null
}

/** What to select or return to get a `StoredGenerationRow`. */
export const generationColumns =
  'id, state, attempts, request_id, parent_id, created_at, started_at, finished_at, deleted_at, ' +
  'rating, favorite, notes, recipe, prompt_words, error, memory_plan'

/** Decodes a row. Its JSON was checked against the contracts when it was written, so it is not checked again. */
export function parseGenerationRow(row: StoredGenerationRow): GenerationRow {
  return {
    ...row,
    recipe: JSON.parse(row.recipe) as Recipe,
    prompt_words: parseOrNull<PromptWords>(row.prompt_words),
    error: parseOrNull<ErrorBody>(row.error),
    memory_plan: parseOrNull<MemoryPlan>(row.memory_plan),
  }
}

function parseOrNull<Value>(text: string | null): Value | null {
  return text === null ? null : (JSON.parse(text) as Value)
}
