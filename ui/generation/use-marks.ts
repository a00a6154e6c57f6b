import type { Generation } from '../../contracts/entities/generation.ts'
import { usePictureChanges } from './use-picture-changes.ts'

const idsOf = (generations: readonly Generation[]): string[] => generations.map(({ id }) => id)

/**
 * Rates pictures and marks them as favourites, with a way back.
 *
 * @param options.quiet true where the place shows the way back itself
 */
export function useMarks(options: { quiet?: boolean } = {}) {
  const changes = usePictureChanges(options)

  function rate(generations: readonly Generation[], rating: number | null): Promise<boolean> {
    const done = rating === null ? 'lost the rating' : `were rated ${rating}`
    return changes.rate(idsOf(generations), { rating }, done)
  }

  /** Marks all of them as favourites; where all are, none is one any more. */
  function toggleFavorite(generations: readonly Generation[]): Promise<boolean> {
    const favorite = !generations.every((one) => one.favorite)
    const done = favorite ? 'were marked as favourite' : 'are no favourite any more'
    return changes.rate(idsOf(generations), { favorite }, done, 'i-lucide-heart')
  }

  return { rate, toggleFavorite }
}
