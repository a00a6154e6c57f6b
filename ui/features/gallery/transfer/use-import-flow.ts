import { computed, onMounted, ref } from 'vue'
import { describeFailure, type FailureWords } from '../../../api/failure.ts'
import { sendFile, useImport, useUnfinishedImport } from '../../../api/imports.ts'
import { useSession } from '../../../api/session.ts'

const atOnce = 3

/** The way from chosen files or a folder to what came of them. */
export function useImportFlow() {
  const { invoke } = useSession()
  const findUnfinished = useUnfinishedImport()
  const id = ref<number | null>(null)
  const sending = ref<{ readonly sent: number; readonly total: number } | null>(null)
  const failure = ref<FailureWords | null>(null)
  /** Files that were not accepted, with the reason. */
  const refused = ref<{ readonly name: string; readonly reason: string }[]>([])
  const { data: view } = useImport(id)
  let stopping = new AbortController()

  const isBusy = computed(() => sending.value !== null || view.value?.finished_at === null)

  // Who comes back to the page sees the import that goes on meanwhile.
  onMounted(async () => {
    const unfinished = await findUnfinished().catch(() => null)
    id.value ??= unfinished
  })

  async function takeFiles(files: readonly File[]): Promise<void> {
    if (isBusy.value) return
    reset()
    if (files.length === 0) {
      failure.value = {
        what: 'There is no picture among these files.',
        advice: 'Choose PNG, JPEG or WebP pictures, or zip archives of them.',
        requestId: null,
      }
      return
    }
    sending.value = { sent: 0, total: files.length }
    await attempt(async () => {
      const opened = (await invoke('open_import', {})).id
      try {
        await sendAll(opened, files)
        await invoke('start_import', { import: opened })
        id.value = opened
      } catch (error) {
        await invoke('cancel_import', { import: opened }).catch(() => undefined)
        if (!stopping.signal.aborted) throw error
      }
    })
    sending.value = null
  }

  async function takeFolder(folder: string): Promise<void> {
    if (isBusy.value) return
    reset()
    await attempt(async () => {
      id.value = (await invoke('start_import', { folder: folder.trim() })).id
    })
  }

  async function stop(): Promise<void> {
    stopping.abort()
    const current = id.value
    if (current === null || sending.value !== null) return
    await attempt(async () => void (await invoke('cancel_import', { import: current })))
  }

  function reset(): void {
    stopping = new AbortController()
    id.value = null
    failure.value = null
    refused.value = []
  }

  async function sendAll(to: number, files: readonly File[]): Promise<void> {
    const waiting = [...files]
    const send = async (): Promise<void> => {
      for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
        await sendOne(to, file)
        sending.value = { sent: (sending.value?.sent ?? 0) + 1, total: files.length }
      }
    }
    await Promise.all(Array.from({ length: atOnce }, send))
  }

  /** One file that is refused keeps no other from going. */
  async function sendOne(to: number, file: File): Promise<void> {
    try {
      await sendFile(to, file, stopping.signal)
    } catch (error) {
      const isRefusal = error instanceof Error && 'code' in error && error.code === 'import_upload_refused'
      if (!isRefusal) throw error
      refused.value = [...refused.value, { name: file.name, reason: describeFailure(error).what }]
    }
  }

  async function attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      failure.value = describeFailure(error)
    }
  }

  return { view, sending, failure, refused, isBusy, takeFiles, takeFolder, stop, reset }
}

export type ImportFlow = ReturnType<typeof useImportFlow>
