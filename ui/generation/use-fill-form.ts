import { useToast } from '@nuxt/ui/composables'
import type { Recipe } from '../../contracts/entities/recipe.ts'
import { useStylesThere } from '../api/styles.ts'
import { describeGaps } from './describe-gaps.ts'
import { useDraft } from './draft-store.ts'

/** Fills the form with a recipe, and says what of a foreign one could not be taken over. */
export function useFillForm(): (recipe: Recipe) => Promise<void> {
  const { fillFrom } = useDraft()
  const stylesThere = useStylesThere()
  const toast = useToast()
  return async (recipe) => {
    fillFrom(recipe, await stylesThere())
    const words = describeGaps(recipe)
    if (words === null) return
    toast.add({
      title: 'Not everything works here',
      description: words,
      icon: 'i-lucide-info',
      color: 'neutral',
    })
  }
}
