import type { Generation } from '../../contracts/entities/generation.ts'

/** One answer of list_generations. */
export interface GenerationPage {
  readonly generations: Generation[]
  readonly next_cursor: string | null
  readonly previous_cursor: string | null
}

/** Newest first. Ids are time-sortable integers that fit a number exactly. */
export function byNewest(one: Pick<Generation, 'id'>, other: Pick<Generation, 'id'>): number {
  return Number(other.id) - Number(one.id)
}

/** The list with this generation in its place, once. */
export function withGeneration(list: readonly Generation[], generation: Generation): Generation[] {
  return [...list.filter((one) => one.id !== generation.id), generation].toSorted(byNewest)
}

/** The list without it. */
export function withoutGeneration(list: readonly Generation[], id: string): Generation[] {
  return list.some((one) => one.id === id) ? list.filter((one) => one.id !== id) : (list as Generation[])
}

/**
 * The pages with this generation in its place, once.
 * What is older or newer than everything loaded stays out while more pages are to come there: it arrives with them.
 */
export function insertIntoPages(pages: readonly GenerationPage[], generation: Generation): GenerationPage[] {
  const cleaned = removeFromPages(pages, generation.id)
  const newest = cleaned[0]?.previous_cursor ?? null
  if (newest !== null && Number(newest) <= Number(generation.id)) return cleaned
  const index = cleaned.findIndex(
    (page) => page.next_cursor === null || Number(page.next_cursor) <= Number(generation.id),
  )
  return cleaned.map((page, position) =>
    position === index ? { ...page, generations: withGeneration(page.generations, generation) } : page,
  )
}

/** The pages without it; cursors stay, since they name a place and not a picture. */
export function removeFromPages(pages: readonly GenerationPage[], id: string): GenerationPage[] {
  return pages.map((page) => ({ ...page, generations: withoutGeneration(page.generations, id) }))
}

/** The pages with this version of the generation, where they have it. */
export function updateInPages(pages: readonly GenerationPage[], generation: Generation): GenerationPage[] {
  return pages.map((page) => ({
    ...page,
    generations: page.generations.map((one) => (one.id === generation.id ? generation : one)),
  }))
}
