import type { Sampler, Scheduler } from '../../../../contracts/entities/engine.ts'
import type { Recipe } from '../../../../contracts/entities/recipe.ts'

/** The settings a picture may tell of, each within the bounds of a recipe; what it does not say is left out. */
export interface FoundSettings {
  prompt?: string
  negative_prompt?: string
  seed?: number
  width?: number
  height?: number
  steps?: number
  guidance?: number
  sampler?: Sampler
  scheduler?: Scheduler
  clip_skip?: number
  strength?: number
  /** The model by its file's name or the name the tool knows it by. */
  model?: string
  /** The beginning of the model's sha256, in hexadecimal digits, as some tools note it. */
  model_hash?: string
}

/** Something a picture says that is no setting of ours, as text. */
export interface UnreadField {
  readonly name: string
  readonly value: string
}

/** What a picture says about how it was made. */
export interface FoundRecipe {
  /** The program that made it, as people call it. */
  readonly tool: string
  readonly settings: FoundSettings
  readonly unread: readonly UnreadField[]
  /** Where MystiCanvas made it: everything. */
  readonly own: Recipe | null
}

/** The texts of a picture, by keyword in lower case. */
export type PictureTexts = ReadonlyMap<string, string>
