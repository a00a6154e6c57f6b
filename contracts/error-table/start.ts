import { meaning } from './meaning.ts'

/** Failures to start, or to reach what runs. */
export const startErrors = {
  data_folder_read_only: meaning(
    500,
    false,
    'The data folder cannot be written.',
    'Correct its permissions, or name another with MYSTICANVAS_DATA.',
  ),
  data_folder_in_use: meaning(
    409,
    false,
    'Another MystiCanvas is running on this data folder.',
    'Use that one, stop it first, or name another folder with MYSTICANVAS_DATA.',
  ),
  port_in_use: meaning(
    409,
    false,
    'The port is taken by another program.',
    'Stop that program, or choose another port with --port.',
  ),
  invalid_config: meaning(
    500,
    false,
    'The configuration is not valid.',
    'Correct the named fields of config.json.',
  ),
  database_newer: meaning(
    500,
    false,
    'The database was written by a newer version of MystiCanvas.',
    'Update MystiCanvas; the file was left as it is.',
  ),
  database_damaged: meaning(
    500,
    false,
    'The database is damaged.',
    'Stop MystiCanvas and run "npx mysticanvas doctor --repair", which puts the newest good backup in its place and keeps the file.',
  ),
  migration_failed: meaning(
    500,
    false,
    'The database could not be updated.',
    'It was left as it was; a backup lies in the "backups" folder.',
  ),
  not_running: meaning(
    503,
    false,
    'MystiCanvas is not running on this data folder.',
    'Start it with "npm start".',
  ),
  output_not_writable: meaning(
    400,
    false,
    'The picture cannot be written there.',
    'Name a file in a folder that exists and that you may write to.',
  ),
}
