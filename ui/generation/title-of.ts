import type { Generation } from '../../contracts/entities/generation.ts'

/** What to call a picture: its prompt, or the file it came from where that says nothing. */
export function titleOf({ recipe }: Pick<Generation, 'recipe'>): string {
  return recipe.prompt === '' ? (recipe.imported?.file ?? 'A picture') : recipe.prompt
}
