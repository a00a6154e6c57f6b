import type { FileUIPart } from 'ai'
import { ref, type Ref } from 'vue'
import { useSession } from '../../../api/session.ts'
import { useFailureToast } from '../../../components/use-failure-toast.ts'
import { droppedGeneration } from '../../../generation/picture-drag.ts'
import { firstPicture, readPictureFile } from '../../generate/read-picture-file.ts'

/** Pictures that go with the next message: files, which are uploaded first, and pictures of ours. */
export interface Attachments {
  readonly files: Readonly<Ref<readonly FileUIPart[]>>
  readonly isUploading: Readonly<Ref<boolean>>
  readonly upload: (file: File) => Promise<void>
  /** Takes what was dropped or pasted; true where there was a picture in it. */
  readonly take: (transfer: DataTransfer | null) => boolean
  readonly remove: (file: FileUIPart) => void
  readonly clear: () => void
}

export function useAttachments(): Attachments {
  const { invoke } = useSession()
  const showFailure = useFailureToast()
  const files = ref<readonly FileUIPart[]>([])
  const isUploading = ref(false)

  function add(file: FileUIPart): void {
    files.value = [...files.value.filter(({ url }) => url !== file.url), file]
  }

  async function upload(file: File): Promise<void> {
    isUploading.value = true
    try {
      const { url } = await invoke('upload_picture', { data_base64: await readPictureFile(file) })
      // Whatever it was, a PNG was kept of it.
      add({ type: 'file', mediaType: 'image/png', filename: file.name, url })
    } catch (error) {
      showFailure('This picture cannot be used.', error)
    } finally {
      isUploading.value = false
    }
  }

  function take(transfer: DataTransfer | null): boolean {
    const id = droppedGeneration(transfer)
    const file = firstPicture(transfer)
    if (id !== null)
      add({
        type: 'file',
        mediaType: 'image/png',
        filename: `Picture ${id}`,
        url: `/api/pictures/${id}/original`,
      })
    else if (file !== null) void upload(file)
    return id !== null || file !== null
  }

  return {
    files,
    isUploading,
    upload,
    take,
    remove: (file) => void (files.value = files.value.filter((one) => one !== file)),
    clear: () => void (files.value = []),
  }
}
