import { useMutation } from '@tanstack/vue-query'
import { useSession } from '../../api/session.ts'
import { useFailureToast } from '../../components/use-failure-toast.ts'
import { useDraft } from '../../generation/draft-store.ts'
import { useFillForm } from '../../generation/use-fill-form.ts'
import { readPictureFile } from './read-picture-file.ts'

/** Uploads a picture to start from. */
export function useSourceUpload() {
  const { invoke } = useSession()
  const { startFrom } = useDraft()
  const showFailure = useFailureToast()
  const { mutateAsync, isPending } = useMutation({
    mutationFn: async (file: File) => invoke('upload_picture', { data_base64: await readPictureFile(file) }),
  })

  async function upload(file: File): Promise<void> {
    try {
      const { init_image: id, url } = await mutateAsync(file)
      startFrom({ kind: 'upload', id, url })
    } catch (error) {
      showFailure('This picture cannot be used.', error)
    }
  }

  return { upload, isPending }
}

/** Reads the recipe that a picture file carries, whichever tool made it, and fills the form from it. */
export function useRecipeReader() {
  const { invoke } = useSession()
  const fillForm = useFillForm()
  const showFailure = useFailureToast()
  const { mutateAsync, isPending } = useMutation({
    mutationFn: async (file: File) => invoke('read_recipe', { data_base64: await readPictureFile(file) }),
  })

  async function read(file: File): Promise<void> {
    try {
      const { recipe, parameters } = await mutateAsync(file)
      if (recipe === null)
        throw new Error(`This picture notes only: ${(parameters ?? 'nothing').slice(0, 200)}.`)
      await fillForm(recipe)
    } catch (error) {
      showFailure('No settings were taken from this picture.', error)
    }
  }

  return { read, isPending }
}
