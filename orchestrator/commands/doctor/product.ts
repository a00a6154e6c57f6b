import { existsSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { configSchema, type Config } from '../../../contracts/config.ts'
import type { WorkerStatus } from '../../../contracts/entities/system.ts'
import { ProductError } from '../../../contracts/errors.ts'
import { listModelFilesIn } from '../../domain/presets/model-folders.ts'
import { readBuiltInModels } from '../../domain/presets/manifest.ts'
import { readConfiguration } from '../../foundation/configuration.ts'
import { projectFolder, type DataPaths } from '../../foundation/paths.ts'
import { findRunningServer, type RunningServer } from '../running-server.ts'
import { tryImageEngine, type WorkingEngine } from './image-engine.ts'
import { good, note, problem, type Finding } from './finding.ts'

/** The server and its port, the engine, the models and the interface. */
export async function examineProduct(paths: DataPaths): Promise<Finding[]> {
  const config = configOrDefaults(paths)
  const server = await findRunningServer(paths)
  return [
    server === null ? await examinePort(config) : good('Server', `running at ${server.url}`),
    await examineEngine(server, config, paths),
    ...examineBuiltInModels(paths),
    await examineModelFiles(paths, config),
    examineInterface(),
  ]
}

/** A configuration that is wrong has a finding of its own; the rest is looked at with defaults. */
function configOrDefaults(paths: DataPaths): Config {
  try {
    return readConfiguration(paths.config)
  } catch {
    return configSchema.parse({})
  }
}

async function examinePort({ host, port }: Config): Promise<Finding> {
  const free = await new Promise<boolean>((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, host, () => probe.close(() => resolve(true)))
  })
  if (free) return good('Server', `not running; port ${port} is free`)
  return problem(
    'Server',
    `Port ${port} is taken by another program.`,
    'Stop that program, or start with --port and another number.',
  )
}

/** A running server knows its engine; else the worker is started for a moment, which shows that it can be. */
async function examineEngine(
  server: RunningServer | null,
  config: Config,
  { engines }: DataPaths,
): Promise<Finding> {
  try {
    const worker = server === null ? null : (await server.invoke('get_system_status', {})).workers[0]
    if (worker?.state === 'failed') {
      return problem(
        'Image engine',
        worker.last_words ?? 'It keeps failing.',
        'Mend the cause, then start it again on the System page.',
      )
    }
    const { engine, engine_reason: reason } = isKnown(worker) ? worker : await tryImageEngine(config, engines)
    return good('Image engine', `${engine.name} ${engine.version}. ${reason}`)
  } catch (error) {
    return problem('Image engine', lastWordsOf(error), 'Run "npm start" again; it installs what is missing.')
  }
}

function isKnown(worker: WorkerStatus | null | undefined): worker is WorkerStatus & WorkingEngine {
  return worker != null && worker.engine !== null && worker.engine_reason !== null
}

function lastWordsOf(error: unknown): string {
  const said = error instanceof ProductError ? error.details['last_words'] : null
  return typeof said === 'string' ? said : (error as Error).message
}

function examineBuiltInModels(paths: DataPaths): Finding[] {
  return readBuiltInModels(join(projectFolder, 'models')).map((model) => {
    const subject = `Model ${model.id}`
    const shipped = statSync(join(model.folder, model.packed.file), { throwIfNoEntry: false })
    if (shipped?.size !== model.packed.bytes) {
      return problem(
        subject,
        'The shipped file is missing or incomplete.',
        'Get the project again; its files are not complete.',
      )
    }
    const unpacked =
      statSync(join(paths.models, model.unpacked.file), { throwIfNoEntry: false })?.size ===
      model.unpacked.bytes
    return good(subject, unpacked ? 'ready' : 'will be unpacked at the first start')
  })
}

async function examineModelFiles(paths: DataPaths, config: Config): Promise<Finding> {
  const folders = [paths.models, ...config.model_folders]
  const missing = config.model_folders.find((folder) => !existsSync(folder))
  if (missing !== undefined)
    return problem('Model folders', `${missing} is not there.`, 'Correct "model_folders" in config.json.')
  const builtIn = new Set(
    readBuiltInModels(join(projectFolder, 'models')).map((model) => join(paths.models, model.unpacked.file)),
  )
  const own = (await listModelFilesIn(folders)).filter(({ path }) => !builtIn.has(path))
  if (own.length > 0) return good('Model folders', `${own.length} model files in ${folders.join(', ')}`)
  return note(
    'Model folders',
    `No models of your own in ${folders.join(', ')}.`,
    'Put .safetensors or .gguf files there, then add a preset on the Presets page.',
  )
}

function examineInterface(): Finding {
  const built = existsSync(join(projectFolder, 'ui', 'dist', 'index.html'))
  return built
    ? good('Web interface', 'built')
    : note('Web interface', 'It is not built yet; "npm start" builds it.')
}
