import type { Logger } from '../../foundation/logger.ts'
import type { WritableDatabase } from '../../storage/connection.ts'
import type { EventBus } from '../event-bus.ts'
import type { GenerationViews } from '../generation/generation-views.ts'
import { JobRunner } from '../jobs/job-runner.ts'
import type { PresetLibrary } from '../presets/preset-library.ts'
import type { SearchService } from '../search/search-service.ts'
import { ExportService } from './export-service.ts'
import { ImportJob } from './import-job.ts'
import { ImportService } from './import-service.ts'
import { UploadStore } from './upload-store.ts'

interface TransferParts {
  readonly database: WritableDatabase
  readonly dataFolder: string
  readonly events: EventBus
  readonly views: GenerationViews
  readonly presets: PresetLibrary
  readonly search: SearchService
  readonly logger: Logger
  /** Called when an import is given up. */
  readonly onGivenUp: (job: { readonly id: number }) => void
  /** Called when there are thumbnails to make, and tags to find. */
  readonly onImported: () => void
}

/** Puts together what takes pictures in and gives them out. */
export function createTransfer(parts: TransferParts) {
  const uploads = new UploadStore(parts.dataFolder)
  const job = new ImportJob({ ...parts, uploads })
  const importing = new JobRunner(parts.database, job, parts.logger, parts.onGivenUp)
  return {
    importing,
    imports: new ImportService({ ...parts, uploads, job, onQueued: () => importing.wake() }),
    exports: new ExportService(parts),
  }
}
