import { computed, shallowRef, type ComputedRef, type Plugin } from 'vue'
import { createContext } from '../api/context.ts'

/** Something a person did, and how to take it back. */
export interface Undoable {
  /** What was done, as "12 pictures were tagged". */
  readonly title: string
  readonly description?: string
  readonly icon: string
  /** Makes everything as it was before. */
  readonly takeBack: () => Promise<unknown>
}

/** The same, kept under a name of its own. */
export interface KeptUndoable extends Undoable {
  readonly id: string
}

/** What can still be taken back, oldest first. */
export interface UndoHistory {
  readonly kept: ComputedRef<readonly KeptUndoable[]>
  readonly keep: (undoable: Undoable) => KeptUndoable
  readonly forget: (id: string) => void
}

/** How many deeds back one can go. */
const depth = 50

const context = createContext<UndoHistory>('UndoHistory')

/** The history of what a person did on this page. */
export function createUndoHistory(): UndoHistory {
  const kept = shallowRef<readonly KeptUndoable[]>([])
  let count = 0
  return {
    kept: computed(() => kept.value),
    keep(undoable) {
      const entry = { ...undoable, id: `undo-${(count += 1)}` }
      kept.value = [...kept.value, entry].slice(-depth)
      return entry
    },
    forget(id) {
      kept.value = kept.value.filter((one) => one.id !== id)
    },
  }
}

export const undoPlugin = (): Plugin => context.plugin(createUndoHistory())
export const useUndoHistory = context.use
