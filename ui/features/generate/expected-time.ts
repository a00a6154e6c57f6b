import type { Generation } from '../../../contracts/entities/generation.ts'

interface Work {
  readonly preset: string
  readonly width: number
  readonly height: number
  readonly steps: number
}

/** How long this will probably take in milliseconds, going by the latest pictures of the same preset; null where there are none. */
export function expectedTime(work: Work, finished: readonly Generation[]): number | null {
  const paces = finished.flatMap(({ recipe, state, started_at, finished_at }) => {
    if (
      state !== 'completed' ||
      recipe.preset.id !== work.preset ||
      started_at === null ||
      finished_at === null
    )
      return []
    const pixelSteps = recipe.width * recipe.height * recipe.steps
    return [(Date.parse(finished_at) - Date.parse(started_at)) / pixelSteps]
  })
  const pace = paces.toSorted((one, other) => one - other)[Math.floor(paces.length / 2)]
  return pace === undefined ? null : pace * work.width * work.height * work.steps
}
