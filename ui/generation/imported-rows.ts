import type { Imported, RecipeGap } from '../../contracts/entities/recipe.ts'

interface Row {
  readonly label: string
  readonly value: string
  readonly copy?: boolean
  readonly trace?: boolean
}

/** The facts that stand on a setting; without it they would show a value nobody chose. */
const factsOfGaps: Readonly<Partial<Record<RecipeGap, string>>> = {
  seed: 'Seed',
  size: 'Size',
  steps: 'Steps',
  guidance: 'Guidance',
  sampler: 'Sampler',
  model: 'Preset',
}

/** What does not happen to a picture that was made elsewhere. */
const notElsewhere = ['Time', 'Asked for', 'Request id', 'File']

/**
 * The facts about a picture from elsewhere: without those its file does not tell, and with where it comes from and what
 * else it says.
 */
export function importedRows<Fact extends Row>(
  rows: readonly Fact[],
  { tool, file, model, gaps, unread }: Imported,
): (Fact | Row)[] {
  const untold = gaps.map((gap) => factsOfGaps[gap])
  const told = rows.filter(({ label }) => !untold.includes(label) && !notElsewhere.includes(label))
  const origin: (Row | null)[] = [
    model === null ? null : { label: 'Model', value: model, copy: true },
    { label: 'Made with', value: tool ?? 'The file does not say' },
    { label: 'Imported from', value: file },
  ]
  return [
    ...told,
    ...origin.filter((row) => row !== null),
    ...unread.map(({ name, value }) => ({ label: name, value })),
  ]
}
