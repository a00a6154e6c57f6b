import type { CapabilityInput, CapabilityOutput } from '../../contracts/capabilities/index.ts'

type Marks = Pick<CapabilityInput<'rate_generations'>, 'rating' | 'favorite' | 'notes'>
type Before = CapabilityOutput<'rate_generations'>['before'][number]

/**
 * The calls that make pictures what they were before their marks were changed: one for all that were alike.
 *
 * @param changed which marks were changed; the others are left alone
 */
export function callsToRestore(
  before: readonly Before[],
  changed: readonly (keyof Marks)[],
): CapabilityInput<'rate_generations'>[] {
  const marksOf = (one: Before): Marks => Object.fromEntries(changed.map((name) => [name, one[name]]))
  const alike = Map.groupBy(before, (one) => JSON.stringify(changed.map((name) => one[name])))
  return [...alike.values()].flatMap((group) =>
    group[0] === undefined
      ? []
      : [{ generations: group.map(({ generation }) => generation), ...marksOf(group[0]) }],
  )
}
