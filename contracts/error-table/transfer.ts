import { meaning } from './meaning.ts'

/** Failures of imports and exports. */
export const transferErrors = {
  import_folder_unusable: meaning(
    422,
    false,
    'This folder cannot be read.',
    'Give the absolute path of a folder on the machine MystiCanvas runs on, which its user may read.',
  ),
  import_not_found: meaning(
    404,
    false,
    'There is no such import.',
    'Check the number; list_imports shows the imports there are.',
  ),
  import_not_receiving: meaning(
    409,
    false,
    'This import takes no more files.',
    'Begin another import for further files.',
  ),
  import_empty: meaning(422, false, 'No file has been uploaded.', 'Upload at least one file first.'),
  import_not_cancellable: meaning(
    409,
    false,
    'This import is over.',
    'What it has taken in stays in the gallery.',
  ),
  import_upload_refused: meaning(
    413,
    false,
    'This file is not accepted.',
    'Upload pictures of at most 80 MB and zip archives of at most 8 GB, at most 10,000 files at once.',
  ),
  picture_file_too_large: meaning(
    413,
    false,
    'The file is larger than 80 MB.',
    'Save the picture anew without what is stored in it beside its pixels, or in a smaller size.',
  ),
  import_picture_too_large: meaning(
    413,
    false,
    'The picture has too many pixels.',
    'Import a smaller version: at most 16,384 pixels a side and 134 megapixels.',
  ),
  archive_unreadable: meaning(
    422,
    false,
    'The archive is damaged, or no zip file.',
    'Pack the pictures anew, without a password, or import the folder itself.',
  ),
  archive_entry_refused: meaning(
    422,
    false,
    'An entry of the archive was left out because of its name or its size.',
    'If you trust the archive, unpack it and import the folder.',
  ),
  export_empty: meaning(
    404,
    false,
    'There is no picture to export.',
    'Choose pictures, or search for others.',
  ),
  export_too_large: meaning(
    422,
    false,
    'These are more than 10,000 pictures.',
    'Export them in parts, as year by year with "after:" and "before:".',
  ),
  export_expired: meaning(404, false, 'This download has expired.', 'Start the export again.'),
}
