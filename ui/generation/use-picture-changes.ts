import { useQueryClient } from '@tanstack/vue-query'
import type { CapabilityInput } from '../../contracts/capabilities/index.ts'
import type { Generation } from '../../contracts/entities/generation.ts'
import { placeGeneration } from '../api/apply-event.ts'
import { useSession } from '../api/session.ts'
import { useUndo } from '../app/use-undo.ts'
import { useFailureToast } from '../components/use-failure-toast.ts'
import { countInWords } from '../components/words.ts'
import { inPortions } from './in-portions.ts'
import { callsToRestore } from './undo-marks.ts'

type Marks = Pick<CapabilityInput<'rate_generations'>, 'rating' | 'favorite' | 'notes'>

/** What came of one call: how many pictures changed, and how to make them what they were. */
export interface Change {
  readonly changed: readonly string[]
  readonly takeBack: () => Promise<unknown>
}

/** What is said of a change. `done` follows the number of pictures, as "were tagged". */
export interface ChangeWords {
  readonly done: string
  readonly icon: string
  readonly failed: string
  readonly description?: string
}

/**
 * Changes of one picture or of many, each with a way back that leaves every picture exactly as it was.
 *
 * @param options.quiet true where the place shows the way back itself
 */
export function usePictureChanges({ quiet = false } = {}) {
  const { invoke } = useSession()
  const client = useQueryClient()
  const { offer } = useUndo()
  const showFailure = useFailureToast()

  const place = (generations: readonly Generation[]): void =>
    generations.forEach((generation) => placeGeneration(client, generation))

  /** Changes pictures a portion at a time. What was done before a failure can be taken back as well. */
  async function change(
    ids: readonly string[],
    words: ChangeWords,
    run: (portion: string[]) => Promise<Change>,
  ): Promise<boolean> {
    const done: Change[] = []
    try {
      for (const portion of inPortions(ids)) done.push(await run(portion))
      return true
    } catch (error) {
      showFailure(words.failed, error)
      return false
    } finally {
      const count = done.reduce((sum, { changed }) => sum + changed.length, 0)
      if (count > 0) offer(describe(count, words, done), { quiet })
    }
  }

  async function rate(generations: string[], marks: Marks): Promise<Change> {
    const reply = await invoke('rate_generations', { generations, ...marks })
    place(reply.generations)
    const calls = callsToRestore(reply.before, Object.keys(marks) as (keyof Marks)[])
    return {
      changed: reply.before.map(({ generation }) => generation),
      takeBack: async () => {
        for (const call of calls) place((await invoke('rate_generations', call)).generations)
      },
    }
  }

  async function editTags(
    generations: string[],
    names: { add?: string[]; remove?: string[] },
  ): Promise<Change> {
    const { added, before, generations: after } = await invoke('edit_tags', { generations, ...names })
    place(after)
    return {
      changed: after.map(({ id }) => id),
      takeBack: async () => place((await invoke('restore_tags', { added, before })).generations),
    }
  }

  async function move(
    generations: string[],
    name: 'delete_generations' | 'restore_generations',
    back: 'delete_generations' | 'restore_generations',
  ): Promise<Change> {
    const { generations: moved } = await invoke(name, { generations })
    place(moved)
    const changed = moved.map(({ id }) => id)
    return {
      changed,
      takeBack: async () => place((await invoke(back, { generations: changed })).generations),
    }
  }

  return {
    change,
    rate: (ids: readonly string[], marks: Marks, done: string, icon = 'i-lucide-star') =>
      change(ids, { done, icon, failed: 'The rating was not stored.' }, (portion) => rate(portion, marks)),
    addTag: (ids: readonly string[], tag: string) =>
      change(ids, { ...tagWords, done: `were tagged "${tag}"` }, (portion) =>
        editTags(portion, { add: [tag] }),
      ),
    removeTag: (ids: readonly string[], tag: string) =>
      change(ids, { ...tagWords, done: `were freed of the tag "${tag}"` }, (portion) =>
        editTags(portion, { remove: [tag] }),
      ),
    moveToBin: (ids: readonly string[], description?: string) =>
      change(ids, { ...binWords, ...(description !== undefined && { description }) }, (portion) =>
        move(portion, 'delete_generations', 'restore_generations'),
      ),
    restore: (ids: readonly string[]) =>
      change(ids, restoreWords, (portion) => move(portion, 'restore_generations', 'delete_generations')),
  }
}

/** What is told of changes, and the way back from all of them. */
function describe(count: number, { done: deed, icon, description }: ChangeWords, changes: readonly Change[]) {
  return {
    title: `${countInWords(count, 'picture')} ${count === 1 ? deed.replace(/^were/, 'was').replace(/^are/, 'is') : deed}`,
    ...(description !== undefined && { description }),
    icon,
    takeBack: async () => {
      for (const one of changes.toReversed()) await one.takeBack()
    },
  }
}

const tagWords = { icon: 'i-lucide-tag', failed: 'The tags were not changed.' }
const binWords = {
  done: 'were moved to the bin',
  icon: 'i-lucide-trash-2',
  failed: 'The pictures were not deleted.',
}
const restoreWords = {
  done: 'were brought back',
  icon: 'i-lucide-undo-2',
  failed: 'The pictures were not brought back.',
}
