import { useToast } from '@nuxt/ui/composables'
import type { Style } from '../../../contracts/entities/style.ts'
import { useDeleteStyle, useDuplicateStyle, useMakePreviews, useRestoreStyle } from '../../api/styles.ts'
import { useAnnouncer } from '../../app/announcer.ts'
import { useFailureToast } from '../../components/use-failure-toast.ts'

/** What a person can do with a style besides using it. */
export function useStyleActions() {
  const toast = useToast()
  const { announce } = useAnnouncer()
  const showFailure = useFailureToast()
  const copying = useDuplicateStyle()
  const deleting = useDeleteStyle()
  const restoring = useRestoreStyle()
  const previewing = useMakePreviews()

  async function duplicate({ id }: Style): Promise<void> {
    try {
      const copy = await copying.mutateAsync(id)
      announce(`${copy.name} was added.`)
    } catch (error) {
      showFailure('The style was not copied.', error)
    }
  }

  /** Takes it from the list. The way back stays on the screen for a while. */
  async function remove(style: Style): Promise<void> {
    try {
      await deleting.mutateAsync(style.id)
    } catch (error) {
      showFailure('The style was not deleted.', error)
      return
    }
    toast.add({
      id: `style-${style.id}`,
      title: `${style.name} was deleted`,
      description: 'Pictures in this style stay.',
      icon: 'i-lucide-trash-2',
      color: 'neutral',
      actions: [{ label: 'Undo', color: 'neutral', variant: 'outline', onClick: () => void restore(style) }],
    })
  }

  async function restore({ id, name }: Style): Promise<void> {
    try {
      await restoring.mutateAsync(id)
      toast.remove(`style-${id}`)
      announce(`${name} is back.`)
    } catch (error) {
      showFailure('The style was not brought back.', error)
    }
  }

  async function makePreview({ id, name }: Style): Promise<void> {
    try {
      await previewing.mutateAsync({ styles: [id] })
      toast.add({
        title: `A preview of ${name} will be made`,
        description: 'It waits until no picture is wanted.',
        icon: 'i-lucide-image',
        color: 'neutral',
      })
    } catch (error) {
      showFailure('No preview will be made.', error)
    }
  }

  return { duplicate, remove, makePreview }
}
