import { useLocalStorage } from '@vueuse/core'
import { ref, type Plugin, type Ref } from 'vue'
import type { Recipe } from '../../contracts/entities/recipe.ts'
import type { Style } from '../../contracts/entities/style.ts'
import { createContext } from '../api/context.ts'
import { draftSchema, freshDraft, fromRecipe, type Draft, type Source } from './draft.ts'

/** The one draft of this browser, and what the page shows beside it. */
export interface DraftStore {
  readonly draft: Ref<Draft>
  /** The picture that a person picked to look at; null follows the work. */
  readonly shown: Ref<string | null>
  readonly fillFrom: (recipe: Recipe, styles: readonly Style[]) => void
  readonly startFrom: (source: Source) => void
}

const context = createContext<DraftStore>('DraftStore')

/** Keeps the draft over reloads. A stored draft that no longer fits is dropped. */
export function createDraft(): Plugin {
  const draft = useLocalStorage<Draft>('mysticanvas-draft', freshDraft(), {
    serializer: { read: readDraft, write: (value) => JSON.stringify(value) },
    writeDefaults: false,
  })
  const shown = ref<string | null>(null)
  return context.plugin({
    draft,
    shown,
    fillFrom: (recipe, styles) => void (draft.value = fromRecipe(recipe, styles)),
    startFrom: (source) => void (draft.value = { ...draft.value, source }),
  })
}

export const useDraft = context.use

function readDraft(text: string): Draft {
  try {
    return draftSchema.parse(JSON.parse(text))
  } catch {
    return freshDraft()
  }
}
