import { useMutation, useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { errorReplySchema, fromErrorBody, ProductError } from '../../contracts/errors.ts'
import { ConnectionFailure } from './failure.ts'
import { keys } from './keys.ts'
import { useSession } from './session.ts'

/** How far an import is. Events keep it fresh; asking now and then covers those that were missed. */
export function useImport(id: Ref<number | null>) {
  const { invoke } = useSession()
  return useQuery({
    queryKey: computed(() => keys.import(id.value ?? 0)),
    queryFn: () => invoke('get_import', { import: id.value ?? 0 }),
    enabled: computed(() => id.value !== null),
    refetchInterval: (query) => (query.state.data?.finished_at === null ? 3000 : false),
  })
}

/** The first problems of an import that is over. */
export function useImportProblems(id: () => number) {
  const { invoke } = useSession()
  return useQuery({
    queryKey: computed(() => keys.importProblems(id())),
    queryFn: () => invoke('list_import_problems', { import: id(), limit: 100 }),
  })
}

/** The import that is at work or waits; null where there is none. */
export function useUnfinishedImport() {
  const { invoke } = useSession()
  return async (): Promise<number | null> => {
    const { imports } = await invoke('list_imports', { limit: 5 })
    return imports.find(({ state }) => state === 'queued' || state === 'running')?.id ?? null
  }
}

/** Prepares an archive; the answer says where to download it. */
export function usePrepareExport() {
  const { invoke } = useSession()
  return useMutation({
    mutationFn: (wanted: { generations: string[] } | { query: string }) => invoke('prepare_export', wanted),
  })
}

/**
 * Sends one file to an import, as it is.
 *
 * @throws ProductError with the reason the server gave, ConnectionFailure where it does not answer
 */
export async function sendFile(importId: number, file: File, signal: AbortSignal): Promise<void> {
  const address = `/api/imports/${importId}/files?name=${encodeURIComponent(file.name)}&modified_at=${file.lastModified}`
  const headers = { 'content-type': 'application/octet-stream' }
  const reply = await fetch(address, { method: 'PUT', body: file, headers, signal }).catch(
    (cause: unknown) => {
      throw new ConnectionFailure('The file could not be sent.', { cause })
    },
  )
  if (reply.ok) return
  const body = errorReplySchema.safeParse(await reply.json().catch(() => null))
  throw body.success ? fromErrorBody(body.data.error) : new ProductError('internal_error')
}
