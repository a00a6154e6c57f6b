import { meaning } from './meaning.ts'

/** Failures about pictures and what they start from. */
export const pictureErrors = {
  generation_not_found: meaning(
    404,
    false,
    'There is no such picture.',
    'Check the id; list_generations shows the pictures there are.',
  ),
  generation_not_cancellable: meaning(
    409,
    false,
    'This picture is already finished.',
    'Nothing needs to be cancelled.',
  ),
  generation_not_finished: meaning(
    409,
    true,
    'This picture is still being made.',
    'Cancel it first, or wait until it is finished.',
  ),
  picture_not_found: meaning(
    404,
    false,
    'This picture has no such file.',
    'Wait until it is completed, or run "npx mysticanvas doctor".',
  ),
  source_picture_not_found: meaning(
    404,
    false,
    'The source picture is not there.',
    'Upload it again or choose another picture.',
  ),
  picture_format_not_allowed: meaning(
    415,
    false,
    'This kind of file is not accepted.',
    'Use a PNG, JPEG or WebP picture.',
  ),
  picture_unreadable: meaning(
    422,
    false,
    'The file is not a readable picture.',
    'Use a PNG, JPEG or WebP picture.',
  ),
  picture_too_large: meaning(
    413,
    false,
    'The picture has too many pixels.',
    'Use a picture of at most 4096 pixels a side.',
  ),
  recipe_not_found: meaning(
    422,
    false,
    'The picture carries no recipe.',
    'Use a picture that MystiCanvas or another tool saved with its parameters.',
  ),
}
