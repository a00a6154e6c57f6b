import { meaning } from './meaning.ts'

/** Failures about styles and the files they come in. */
export const styleErrors = {
  style_not_found: meaning(
    404,
    false,
    'There is no such style.',
    'Choose one that get_styles or the Styles page shows.',
  ),
  style_ambiguous: meaning(
    409,
    false,
    'Several styles may be meant.',
    'Write the whole name of the one you want.',
  ),
  style_name_taken: meaning(
    409,
    false,
    'Another style has this name.',
    'Choose another name, or change that style.',
  ),
  style_file_unreadable: meaning(
    422,
    false,
    'This is no file of styles.',
    'Use styles exported by MystiCanvas, a JSON list with "name" and "prompt", or a CSV table whose first line is name,prompt,negative_prompt.',
  ),
  too_many_styles: meaning(409, false, 'There are too many styles.', 'Delete some that you do not use.'),
}
