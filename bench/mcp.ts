/**
 * `npm run bench:mcp [-- seconds [pictures]]`: what the Model Context Protocol costs, and whether many agents at once wear
 * the product out. The limits of agents are raised, or they would be measured.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dataPaths } from '../orchestrator/foundation/paths.ts'
import { startProduct } from '../orchestrator/main.ts'
import { closeDatabase, openDatabase } from '../orchestrator/storage/database.ts'
import { migrate } from '../orchestrator/storage/migrate.ts'
import { fillGallery } from './database/fill-gallery.ts'
import { measureCrowd } from './mcp/measure-crowd.ts'
import { measureRoundTrip } from './mcp/measure-round-trip.ts'
import { withDataFolder } from './support/data-folder.ts'
import { describeMachine } from './support/machine.ts'
import { startCommand } from './support/started-product.ts'
import { printTable } from './support/table.ts'

const [seconds = 60, pictures = 100_000] = process.argv.slice(2).map(Number)
if (!(seconds > 0) || !Number.isInteger(pictures) || pictures < 1000)
  throw new Error('Name a number of seconds, and of pictures, at least 1000.')

/** More than anyone can reach. */
const unlimited = 10_000_000

console.log(describeMachine())
await withDataFolder(async (folder) => {
  const paths = dataPaths(folder)
  const agents = {
    requests_per_minute: unlimited,
    calls_per_minute: unlimited,
    identical_calls_per_minute: unlimited,
  }
  writeFileSync(paths.config, JSON.stringify({ agents }))
  const database = openDatabase(paths.database)
  migrate(database, { backupFolder: join(folder, 'backups'), now: Date.now() })
  const { words } = fillGallery(database, pictures, (line) => console.error(line))
  closeDatabase(database)

  const here = await startProduct({ dataFolder: folder, overrides: { port: 0, log_level: 'warn' } })
  try {
    printTable('round trip', await measureRoundTrip(here, words, pictures))
  } finally {
    await here.stop()
  }

  const apart = await startCommand(folder)
  try {
    printTable('crowd', await measureCrowd(apart, words, seconds))
  } finally {
    await apart.stop()
  }
})
