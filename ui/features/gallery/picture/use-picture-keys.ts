import { useEventListener } from '@vueuse/core'
import { isEditable } from '../../../components/is-editable.ts'

/** What keys do with the picture that is shown. */
export interface PictureDeeds {
  readonly newer: () => unknown
  readonly older: () => unknown
  readonly remove: () => unknown
  readonly toggleFavorite: () => unknown
  readonly rate: (rating: number | null) => unknown
  readonly help: () => unknown
}

/** The keys of the detail view, as its help lists them. */
export const pictureKeys = [
  { keys: ['←', '→'], does: 'Newer or older picture' },
  { keys: ['F'], does: 'Favourite, or no longer' },
  { keys: ['1', '2', '3', '4', '5'], does: 'Rate' },
  { keys: ['0'], does: 'Take the rating away' },
  { keys: ['Del'], does: 'Move to the bin' },
  { keys: ['Ctrl Z'], does: 'Undo what was done last' },
  { keys: ['Esc'], does: 'Back to the gallery' },
  { keys: ['?'], does: 'Show these keys' },
] as const

/** Listens for the keys of the detail view, while nobody writes. */
export function usePictureKeys(deeds: PictureDeeds): void {
  useEventListener(window, 'keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || isEditable(event.target)) return
    const byKey: Readonly<Record<string, () => unknown>> = {
      ArrowLeft: deeds.newer,
      ArrowRight: deeds.older,
      Delete: deeds.remove,
      f: deeds.toggleFavorite,
      F: deeds.toggleFavorite,
      '?': deeds.help,
    }
    if (/^[0-5]$/.test(event.key)) void deeds.rate(event.key === '0' ? null : Number(event.key))
    else void byKey[event.key]?.()
  })
}
