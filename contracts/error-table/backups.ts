import { meaning } from './meaning.ts'

/** Failures of making backups and of going back to one. */
export const backupErrors = {
  backup_exists: meaning(
    409,
    false,
    'There is something at this place already.',
    'Name a place that does not exist yet; nothing was changed.',
  ),
  backup_not_found: meaning(
    404,
    false,
    'There is no backup at this place.',
    'Name a folder that "npx mysticanvas backup" made, or a database of the "backups" folder.',
  ),
  backup_invalid: meaning(
    422,
    false,
    'This is not a complete backup.',
    'Choose another one; nothing was changed.',
  ),
  database_missing: meaning(
    404,
    false,
    'There is no database in the data folder.',
    'Start MystiCanvas once, or name the right folder with --data.',
  ),
}
