import type { Recipe } from './entities/recipe.ts'

/** What decides how long a picture takes on one machine. */
export interface Work {
  readonly preset: string
  readonly width: number
  readonly height: number
  readonly steps: number
}

/** A picture that was made, with what tells how long it took. */
export interface MadeInTime {
  readonly state: string
  readonly recipe: Pick<Recipe, 'width' | 'height' | 'steps'> & { readonly preset: { readonly id: string } }
  readonly started_at: string | null
  readonly finished_at: string | null
}

/** How long this will probably take in milliseconds, going by the latest pictures of the same preset; null where there are none. */
export function expectedTime(work: Work, made: readonly MadeInTime[]): number | null {
  const pace = medianPace(comparable(work.preset, made))
  return pace === null ? null : pace * work.width * work.height * work.steps
}

/** The pictures among these that the time of a preset can go by. */
export function comparable(preset: string, made: readonly MadeInTime[]): MadeInTime[] {
  return made.filter(
    ({ recipe, state, started_at, finished_at }) =>
      state === 'completed' && recipe.preset.id === preset && started_at !== null && finished_at !== null,
  )
}

/** Milliseconds for one pixel and step. */
function medianPace(made: readonly MadeInTime[]): number | null {
  const paces = made.map(({ recipe, started_at, finished_at }) => {
    const pixelSteps = recipe.width * recipe.height * recipe.steps
    return (Date.parse(finished_at ?? '') - Date.parse(started_at ?? '')) / pixelSteps
  })
  return paces.toSorted((one, other) => one - other)[Math.floor(paces.length / 2)] ?? null
}
