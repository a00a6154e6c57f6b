import type { Generation } from '../../../../contracts/entities/generation.ts'

/** A tag of several pictures, and how many of them have it. */
export interface SharedTag {
  readonly name: string
  readonly count: number
}

/** The tags of several pictures, those that most of them have first. */
export function tagsInCommon(generations: readonly Pick<Generation, 'tags'>[]): SharedTag[] {
  const counts = new Map<string, number>()
  for (const { name } of generations.flatMap(({ tags }) => tags))
    counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .toSorted((one, other) => other.count - one.count || one.name.localeCompare(other.name))
}
