import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Recipe } from '../contracts/entities/recipe.ts'
import { closeDatabase, openDatabase } from '../orchestrator/storage/database.ts'
import { transaction, type WritableDatabase } from '../orchestrator/storage/connection.ts'
import { putGenerationFile } from '../orchestrator/storage/generation-files.ts'
import { markGenerationCompleted, markGenerationStarted } from '../orchestrator/storage/generation-states.ts'
import { insertGeneration } from '../orchestrator/storage/generations.ts'
import { createIdentifierMaker } from '../orchestrator/storage/identifiers.ts'
import { migrate } from '../orchestrator/storage/migrate.ts'
import { dataPaths } from '../orchestrator/foundation/paths.ts'
import { exampleRecipe } from './support/example-recipe.ts'
import { withDataFolder } from './support/data-folder.ts'
import { startCommand, type StartedProduct } from './support/started-product.ts'
import { median, milliseconds, quantile, timed } from './support/statistics.ts'
import type { Table } from './support/table.ts'

const pictures = 20_000
const pageSize = 50
/** Both kinds together stay below the calls a client may make in a minute. */
const calls = 500
const aimRatio = 1.5

/** A page of the list by HTTP: the newest pictures, and pictures far down. */
export function measureLists(): Promise<Table> {
  return withDataFolder(async (folder) => {
    const ids = fill(folder)
    const farCursor = String(ids[pageSize * 2])
    const product = await startCommand(folder)
    try {
      const first: number[] = []
      const far: number[] = []
      for (let call = 0; call < calls; call += 1) {
        first.push(await timed(() => list(product, undefined)))
        far.push(await timed(() => list(product, farCursor)))
      }
      const ratio = median(far) / median(first)
      return {
        about: `${pictures} pictures, pages of ${pageSize} by HTTP, ${calls} calls each, alternating`,
        columns: ['median', '99%'],
        rows: [
          ['page 1', milliseconds(median(first)), milliseconds(quantile(first, 0.99))],
          [
            `page ${(pictures - pageSize * 2) / pageSize}`,
            milliseconds(median(far)),
            milliseconds(quantile(far, 0.99)),
          ],
        ],
        conclusions: [`far page / page 1: ${ratio.toFixed(2)} (aim: at most ${aimRatio})`],
      }
    } finally {
      await product.stop()
    }
  })
}

async function list({ server }: StartedProduct, cursor: string | undefined): Promise<void> {
  const page = await server.invoke('list_generations', {
    limit: pageSize,
    ...(cursor === undefined ? {} : { cursor }),
  })
  if (page.generations.length !== pageSize) throw new Error('The page is not full.')
}

/** Stores finished pictures without making them; their ids, oldest first. */
function fill(folder: string): number[] {
  const paths = dataPaths(folder)
  const database = openDatabase(paths.database)
  try {
    migrate(database, { backupFolder: join(folder, 'backups'), now: Date.now() })
    const nextId = createIdentifierMaker(Date.now, 0)
    const ids = Array.from({ length: pictures }, () => nextId())
    transaction(database, () => ids.forEach((id, index) => storePicture(database, id, exampleRecipe(index))))
    return ids
  } finally {
    closeDatabase(database)
  }
}

function storePicture(database: WritableDatabase, id: number, recipe: Recipe): void {
  const now = Date.now()
  insertGeneration(database, { id, recipe, prompt_words: null, request_id: `bench-${id}`, created_at: now })
  markGenerationStarted(database, id, now)
  for (const role of ['original', 'thumbnail', 'preview'] as const) {
    const sha256 = randomBytes(32).toString('hex')
    const mime = role === 'original' ? 'image/png' : 'image/webp'
    putGenerationFile(database, {
      generation_id: id,
      role,
      path: `images/${id}/${role}`,
      sha256,
      bytes: 1,
      width: 128,
      height: 128,
      mime,
    })
  }
  markGenerationCompleted(database, id, now, recipe)
}
