import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { makeZip } from 'client-zip'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import type { ImportView } from '../../../contracts/entities/import.ts'
import type { StoredEvent } from '../../../contracts/events.ts'
import { EventBus } from '../../../orchestrator/domain/event-bus.ts'
import { GenerationViews } from '../../../orchestrator/domain/generation/generation-views.ts'
import { BuiltInModels } from '../../../orchestrator/domain/presets/built-in-models.ts'
import { PresetLibrary } from '../../../orchestrator/domain/presets/preset-library.ts'
import { SearchService } from '../../../orchestrator/domain/search/search-service.ts'
import { createTransfer } from '../../../orchestrator/domain/transfer/transfer.ts'
import type { WritableDatabase } from '../../../orchestrator/storage/connection.ts'
import { ReaderThread } from '../../../orchestrator/storage/reader-thread.ts'
import { fileDatabase, temporaryFolder } from '../storage/support.ts'

/** Imports and exports over a real database and real files, with what they told. */
export interface TestTransfer extends ReturnType<typeof createTransfer> {
  readonly database: WritableDatabase
  readonly dataFolder: string
  readonly views: GenerationViews
  readonly told: StoredEvent[]
  /** Imports a folder and waits for the end. */
  take(folder: string): Promise<ImportView>
  /** Waits until an import is over, or until it has come so far. */
  until(id: number, isThere?: (view: ImportView) => boolean): Promise<ImportView>
}

/** Opens a data folder; another one on the same folder stands for the next start. */
export function openTransfer(
  dataFolder = temporaryFolder(),
  database = fileDatabase(dataFolder),
): TestTransfer {
  const logger = pino({ level: 'silent' })
  const events = new EventBus(database, logger)
  const views = new GenerationViews(database)
  const builtIn = new BuiltInModels([], dataFolder, events)
  const presets = new PresetLibrary({ database, builtIn, events, modelFolders: [] })
  const reader = new ReaderThread(join(dataFolder, 'mysticanvas.sqlite'))
  const search = new SearchService({ views, finder: reader, counter: reader })
  const told: StoredEvent[] = []
  events.subscribe((event) => void told.push(event))
  const nothing = () => undefined
  const listeners = { onGivenUp: nothing, onImported: nothing }
  const parts = { database, dataFolder, events, views, presets, search, logger, ...listeners }
  const transfer = createTransfer(parts)
  transfer.importing.start()
  onTestFinished(async () => {
    await transfer.importing.stop()
    await reader.close()
  })
  const until: TestTransfer['until'] = async (id, isThere = (view) => view.finished_at !== null) => {
    for (;;) {
      const view = transfer.imports.get(id)
      if (isThere(view)) return view
      await wait(10)
    }
  }
  const take = async (folder: string) => until((await transfer.imports.start({ folder })).id)
  return { ...transfer, database, dataFolder, views, told, take, until }
}

/** A folder with these files, by their paths in it. */
export function folderWith(files: Readonly<Record<string, string | Buffer>>): string {
  const root = temporaryFolder()
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
  return root
}

/** A zip archive of these entries, whatever their names are. */
export async function zipOf(files: readonly (readonly [string, string | Buffer])[]): Promise<Buffer> {
  const entries = files.map(([name, input]) => ({
    name,
    input,
    lastModified: new Date('2024-05-06T07:08:10'),
  }))
  return Buffer.from(await new Response(makeZip(entries)).arrayBuffer())
}
