import type { Generation } from '../../../../contracts/entities/generation.ts'
import { recipeRows } from '../../../generation/recipe-rows.ts'

/** One setting of two pictures; null where a picture does not have it. */
export interface ComparedRow {
  readonly label: string
  readonly one: string | null
  readonly other: string | null
  readonly differs: boolean
}

/** The recipes of two pictures side by side, each setting once, in the order of the recipe. */
export function compareRecipes(
  one: Pick<Generation, 'recipe'>,
  other: Pick<Generation, 'recipe'>,
): ComparedRow[] {
  const rows = [recipeRows(one), recipeRows(other)] as const
  const order = ['Prompt', 'Negative prompt', 'Seed', ...rows.flat().map(({ label }) => label)]
  return [...new Set(order)].flatMap((label) => {
    const [first = null, second = null] = rows.map((list) => list.find((row) => row.label === label)?.value)
    if (first === null && second === null) return []
    return [{ label, one: first, other: second, differs: first !== second }]
  })
}
