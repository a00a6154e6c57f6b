import type { MemoryPlan } from '../../../contracts/entities/memory.ts'
import type { ModelFiles } from '../../../contracts/entities/preset.ts'
import type { Recipe } from '../../../contracts/entities/recipe.ts'

/** What is to be made, with which files. */
export interface MemoryOrder {
  /** The picture it is for; null for what has no record, such as a preview. */
  readonly generation: number | null
  readonly recipe: Pick<Recipe, 'width' | 'height' | 'vae_tiling' | 'placement' | 'source_picture'>
  readonly files: ModelFiles
}

/** An attempt that failed in a way that another layout may mend. */
export interface FailedAttempt {
  readonly plan: MemoryPlan
  readonly code: 'out_of_memory' | 'blank_image'
}

/** What the engine reported of a run. Bytes. */
export interface MeasuredUse {
  readonly engine: string
  readonly enginePeakBytes: number
  readonly devicePeakBytes: number | null
}
