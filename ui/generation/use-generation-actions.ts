import { useToast } from '@nuxt/ui/composables'
import { useRouter } from 'vue-router'
import type { CapabilityInput } from '../../contracts/capabilities/index.ts'
import type { Generation } from '../../contracts/entities/generation.ts'
import type { Recipe } from '../../contracts/entities/recipe.ts'
import type { Style } from '../../contracts/entities/style.ts'
import { useAnnouncer } from '../app/announcer.ts'
import { useChangeGeneration, useGenerate } from '../api/generations.ts'
import { useStylesThere } from '../api/styles.ts'
import { useFailureToast } from '../components/use-failure-toast.ts'
import { useDraft } from './draft-store.ts'
import { wordsOfRecipe } from './words-of-recipe.ts'

/** What a person can do with a picture, the same everywhere it is shown. */
export function useGenerationActions() {
  const router = useRouter()
  const toast = useToast()
  const { announce } = useAnnouncer()
  const showFailure = useFailureToast()
  const { fillFrom, startFrom, shown } = useDraft()
  const cancelling = useChangeGeneration('cancel_generation')
  const deleting = useChangeGeneration('delete_generation')
  const restoring = useChangeGeneration('restore_generation')
  const generating = useGenerate()
  const stylesThere = useStylesThere()

  /** Fills the form with everything this picture was made with. */
  async function reuse({ id, recipe }: Generation): Promise<void> {
    fillFrom(recipe, await stylesThere())
    shown.value = id
    await router.push('/generate?focus=prompt')
    announce('The form holds the settings of this picture.')
  }

  /** Makes the same with another seed. */
  async function vary({ recipe }: Generation): Promise<void> {
    try {
      await generating.mutateAsync(withAnotherSeed(recipe, await stylesThere()))
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
      description: generation.recipe.prompt,
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

function withAnotherSeed(recipe: Recipe, styles: readonly Style[]): CapabilityInput<'generate'> {
  const { prompt, negative_prompt, style } = wordsOfRecipe(recipe, styles)
  const { width, height, steps, guidance, sampler, scheduler, clip_skip, vae_tiling } = recipe
  const same = {
    prompt,
    negative_prompt,
    width,
    height,
    steps,
    guidance,
    sampler,
    scheduler,
    clip_skip,
    vae_tiling,
  }
  const strength = recipe.strength ?? 0.6
  return {
    ...same,
    ...(style !== null && { style }),
    preset: recipe.preset.id,
    ...(recipe.source_generation !== null && { generation: recipe.source_generation, strength }),
    ...(recipe.source_generation === null &&
      recipe.source_picture !== null && { init_image: recipe.source_picture, strength }),
  }
}
