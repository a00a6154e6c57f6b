import { useToast } from '@nuxt/ui/composables'
import { useRouter } from 'vue-router'
import type { Generation } from '../../contracts/entities/generation.ts'
import { useAnnouncer } from '../app/announcer.ts'
import { useChangeGeneration, useGenerate } from '../api/generations.ts'
import { useFailureToast } from '../components/use-failure-toast.ts'
import { fromRecipe, toVariation } from './draft.ts'
import { useDraft } from './draft-store.ts'
import { titleOf } from './title-of.ts'
import { useFillForm } from './use-fill-form.ts'

/** What a person can do with a picture, the same everywhere it is shown. */
export function useGenerationActions() {
  const router = useRouter()
  const toast = useToast()
  const { announce } = useAnnouncer()
  const showFailure = useFailureToast()
  const { startFrom, shown } = useDraft()
  const fillForm = useFillForm()
  const cancelling = useChangeGeneration('cancel_generation')
  const deleting = useChangeGeneration('delete_generation')
  const restoring = useChangeGeneration('restore_generation')
  const generating = useGenerate()

  /** Fills the form with everything this picture was made with. */
  async function reuse({ id, recipe }: Generation): Promise<void> {
    fillForm(recipe)
    shown.value = id
    await router.push('/generate?focus=prompt')
    announce('The form holds the settings of this picture.')
  }

  /** Makes the same with another seed. */
  async function vary({ recipe }: Generation): Promise<void> {
    try {
      await generating.mutateAsync(toVariation(fromRecipe(recipe)))
      shown.value = null
      await router.push('/generate')
    } catch (error) {
      showFailure('No variation was started.', error)
    }
  }

  async function useAsSource({ id, picture }: Generation): Promise<void> {
    startFrom({ kind: 'generation', id, url: picture?.thumbnail_url ?? picture?.url ?? '' })
    await router.push('/generate?focus=prompt')
    announce('The next picture starts from this one.')
  }

  async function cancel(id: string): Promise<void> {
    await cancelling
      .mutateAsync(id)
      .catch((error: unknown) => showFailure('The picture was not cancelled.', error))
  }

  /** Moves it to the bin; tells whether it went there. */
  async function moveToBin({ id }: Generation): Promise<boolean> {
    try {
      await deleting.mutateAsync(id)
    } catch (error) {
      showFailure('The picture was not deleted.', error)
      return false
    }
    if (shown.value === id) shown.value = null
    announce('Moved to the bin.')
    return true
  }

  /** Moves it to the bin. The way back stays on the screen for a while. */
  async function remove(generation: Generation): Promise<void> {
    if (!(await moveToBin(generation))) return
    toast.add({
      id: `bin-${generation.id}`,
      title: 'Moved to the bin',
      description: titleOf(generation),
      icon: 'i-lucide-trash-2',
      color: 'neutral',
      actions: [
        { label: 'Undo', color: 'neutral', variant: 'outline', onClick: () => void restore(generation.id) },
      ],
    })
  }

  async function restore(id: string): Promise<void> {
    try {
      await restoring.mutateAsync(id)
      toast.remove(`bin-${id}`)
      announce('The picture is back.')
    } catch (error) {
      showFailure('The picture was not brought back.', error)
    }
  }

  const isCancelling = (id: string): boolean =>
    cancelling.isPending.value && cancelling.variables.value === id

  return {
    reuse,
    vary,
    useAsSource,
    cancel,
    moveToBin,
    remove,
    restore,
    isCancelling,
    isVarying: generating.isPending,
  }
}
