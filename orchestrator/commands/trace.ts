import type { Trace } from '../../contracts/entities/trace.ts'
import { requestIdSchema } from '../../contracts/entities/trace.ts'
import { ProductError } from '../../contracts/errors.ts'
import { requireTrace } from '../domain/trace/read-trace.ts'
import { dataPaths, type DataPaths } from '../foundation/paths.ts'
import { closeDatabase, openDatabase } from '../storage/database.ts'
import { findRunningServer } from './running-server.ts'
import { traceInWords } from './trace-in-words.ts'

export interface TraceArguments {
  readonly data: string
  readonly json?: boolean
}

/** `mysticanvas trace <request id>`: tells what happened to a request, of a running MystiCanvas or of its files. */
export async function trace(request: string, { data, json }: TraceArguments): Promise<void> {
  if (!requestIdSchema.safeParse(request).success)
    throw new ProductError('invalid_input', `"${request}" is no request id.`)
  const paths = dataPaths(data)
  const server = await findRunningServer(paths)
  const found =
    server === null ? await readFromFiles(paths, request) : await server.invoke('get_trace', { request })
  process.stdout.write(json === true ? `${JSON.stringify(found, null, 2)}\n` : traceInWords(found))
}

async function readFromFiles(paths: DataPaths, request: string): Promise<Trace> {
  const database = openDatabase(paths.database, { readonly: true, check: 'surface' })
  try {
    return await requireTrace({ database, logs: paths.logs }, request)
  } finally {
    closeDatabase(database)
  }
}
