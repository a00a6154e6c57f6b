import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { keys } from './keys.ts'
import { useSession } from './session.ts'

/** Every collection, by name. */
export function useCollections() {
  const { invoke } = useSession()
  return useQuery({
    queryKey: keys.collections,
    queryFn: async () => (await invoke('list_collections', {})).collections,
  })
}

/** The collections a picture lies in, by name. */
export function useCollectionsOf(generation: MaybeRefOrGetter<string>) {
  const { invoke } = useSession()
  return useQuery({
    queryKey: computed(() => keys.collectionsOf(toValue(generation))),
    queryFn: async () => (await invoke('list_collections', { generation: toValue(generation) })).collections,
  })
}

/** Gives a collection another name. */
export function useRenameCollection() {
  const { invoke } = useSession()
  return useFollowed((input: { collection: number; name: string }) => invoke('rename_collection', input))
}

/** Deletes a collection; its pictures stay. */
export function useDeleteCollection() {
  const { invoke } = useSession()
  return useFollowed((collection: number) => invoke('delete_collection', { collection }))
}

/** Makes an empty collection. */
export function useCreateCollection() {
  const { invoke } = useSession()
  return useFollowed((name: string) => invoke('create_collection', { name }))
}

/** A change after which the collections are asked for again. */
function useFollowed<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn,
    onSuccess: () => client.invalidateQueries({ queryKey: keys.collections }),
  })
}
