import { useRouter } from 'vue-router'
import type { Generation } from '../../contracts/entities/generation.ts'
import { useAnnouncer } from '../app/announcer.ts'
import { useUndo } from '../app/use-undo.ts'
import { useChangeGeneration, useGenerate } from '../api/generations.ts'
import { useStylesThere } from '../api/styles.ts'
import { useFailureToast } from '../components/use-failure-toast.ts'
import { fromRecipe, toVariation } from './draft.ts'
import { useDraft } from './draft-store.ts'
import { titleOf } from './title-of.ts'
import { useFillForm } from './use-fill-form.ts'

/** What a person can do with a picture, the same everywhere it is shown. */
export function useGenerationActions() {
  const router = useRouter()
  const { announce } = useAnnouncer()
  const { offer } = useUndo()
  const showFailure = useFailureToast()
  const { startFrom, shown } = useDraft()
  const fillForm = useFillForm()
  const cancelling = useChangeGeneration('cancel_generation')
  const deleting = useChangeGeneration('delete_generation')
  const restoring = useChangeGeneration('restore_generation')
  const generating = useGenerate()
  const stylesThere = useStylesThere()

  /** Fills the form with everything this picture was made with. */
  async function reuse({ id, recipe }: Generation): Promise<void> {
    await fillForm(recipe)
    shown.value = id
    await router.push('/generate?focus=prompt')
    announce('The form holds the settings of this picture.')
  }

  /** Makes the same with another seed. */
  async function vary({ recipe }: Generation): Promise<void> {
    try {
      await generating.mutateAsync(toVariation(fromRecipe(recipe, await stylesThere())))
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

  /**
   * Moves it to the bin and offers the way back; tells whether it went there.
   *
   * @param options.quiet true where the place shows the way back itself
   * @param options.afterUndo called once the picture is back
   */
  async function remove(
    generation: Generation,
    options: { quiet?: boolean; afterUndo?: () => unknown } = {},
  ): Promise<boolean> {
    const { id } = generation
    try {
      await deleting.mutateAsync(id)
    } catch (error) {
      showFailure('The picture was not deleted.', error)
      return false
    }
    if (shown.value === id) shown.value = null
    const takeBack = async () => {
      await restoring.mutateAsync(id)
      await options.afterUndo?.()
    }
    offer(
      { title: 'Moved to the bin', description: titleOf(generation), icon: 'i-lucide-trash-2', takeBack },
      options,
    )
    return true
  }

  async function restore(id: string): Promise<void> {
    try {
      await restoring.mutateAsync(id)
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
    remove,
    restore,
    isCancelling,
    isVarying: generating.isPending,
  }
}
