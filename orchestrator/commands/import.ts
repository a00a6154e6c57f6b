import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { CapabilityOutput } from '../../contracts/capabilities/index.ts'
import type { ImportView } from '../../contracts/entities/import.ts'
import { fromErrorBody, ProductError } from '../../contracts/errors.ts'
import { findOrStart } from './find-or-start.ts'
import type { RunningServer } from './running-server.ts'
import { whenAskedToStop } from './stop-signals.ts'

const pollMs = 200

/**
 * `mysticanvas import <folder>`: takes the pictures of a folder into the gallery and prints what came of it; the files
 * that could not be taken in go to the error output, one a line. Ctrl+C stops it and keeps what there is.
 */
export async function importFolder(folder: string, { data }: { readonly data: string }): Promise<void> {
  const asked = whenAskedToStop()
  const { server, stop } = await findOrStart(data)
  try {
    const { id } = await server.invoke('start_import', { folder: resolve(folder) })
    const cancelled = asked.then(() => server.invoke('cancel_import', { import: id }).catch(() => undefined))
    const view = await watch(server, id)
    await printProblems(server, id)
    process.stdout.write(
      `${view.imported} imported, ${view.duplicates} there already, ` +
        `${view.skipped} no pictures, ${view.failed} with a problem\n`,
    )
    if (view.state !== 'cancelled') return
    await cancelled
    throw new ProductError('cancelled', 'The import was stopped; what it has taken in stays.')
  } finally {
    await stop()
  }
}

async function watch(server: RunningServer, id: number): Promise<ImportView> {
  for (;;) {
    const view = await server.invoke('get_import', { import: id })
    if (view.state === 'completed' || view.state === 'cancelled') return view
    // It waits for somebody to mend this, and goes on by itself then.
    if (view.error !== null) throw fromErrorBody(view.error)
    if (process.stderr.isTTY) process.stderr.write(`\r${view.looked_at} files, ${view.imported} imported `)
    await wait(pollMs)
  }
}

async function printProblems(server: RunningServer, id: number): Promise<void> {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
  for (let cursor: number | null = 0; cursor !== null;) {
    const page: CapabilityOutput<'list_import_problems'> = await server.invoke('list_import_problems', {
      import: id,
      cursor,
      limit: 1000,
    })
    for (const { path, message } of page.problems) process.stderr.write(`${path}: ${message}\n`)
    cursor = page.next_cursor
  }
}
