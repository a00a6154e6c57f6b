import { useAnnouncer } from '../../app/announcer.ts'
import { useSession } from '../../api/session.ts'
import { useFailureToast } from '../../components/use-failure-toast.ts'
import { useDraft } from '../../generation/draft-store.ts'
import { droppedGeneration } from '../../generation/picture-drag.ts'
import { useFillForm } from '../../generation/use-fill-form.ts'
import { firstPicture } from './read-picture-file.ts'
import { useRecipeReader, useSourceUpload } from './use-source-upload.ts'

/** What a dropped picture is for: its settings, or to start from it. */
export type DropPurpose = 'settings' | 'source'

/** Takes pictures that are dropped on the page: ours, known by their ids, and files from outside. */
export function usePictureDrop() {
  const { invoke } = useSession()
  const { announce } = useAnnouncer()
  const { startFrom, shown } = useDraft()
  const fillForm = useFillForm()
  const showFailure = useFailureToast()
  const { upload } = useSourceUpload()
  const { read } = useRecipeReader()

  async function takeOurs(id: string, purpose: DropPurpose): Promise<void> {
    try {
      const { recipe, picture } = await invoke('get_generation', { generation: id })
      if (purpose === 'settings') {
        await fillForm(recipe)
        shown.value = id
        announce('The form holds the settings of this picture.')
      } else if (picture !== null) {
        startFrom({ kind: 'generation', id, url: picture.thumbnail_url ?? picture.url })
        announce('The next picture starts from this one.')
      }
    } catch (error) {
      showFailure('This picture cannot be used.', error)
    }
  }

  /** True where there was a picture among what was dropped. */
  return function take(transfer: DataTransfer | null, purpose: DropPurpose): boolean {
    const id = droppedGeneration(transfer)
    const file = firstPicture(transfer)
    if (id !== null) void takeOurs(id, purpose)
    else if (file !== null) void (purpose === 'settings' ? read(file) : upload(file))
    return id !== null || file !== null
  }
}
