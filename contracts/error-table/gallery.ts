import { meaning } from './meaning.ts'

/** Failures about search, tags, collections and jobs. */
export const galleryErrors = {
  search_unavailable: meaning(
    503,
    true,
    'Search stopped over this query.',
    'Try again, perhaps with fewer words.',
  ),
  tag_not_found: meaning(404, false, 'There is no such tag.', 'Choose one that list_tags shows.'),
  tag_name_taken: meaning(
    409,
    false,
    'Another tag has this name.',
    'Choose another name, or merge the two tags.',
  ),
  collection_not_found: meaning(
    404,
    false,
    'There is no such collection.',
    'It may have been deleted; list_collections shows the collections there are.',
  ),
  collection_name_taken: meaning(409, false, 'Another collection has this name.', 'Choose another name.'),
  job_not_found: meaning(
    404,
    false,
    'There is no such job.',
    'It may have been tidied away; list_jobs shows the jobs there are.',
  ),
  job_not_retryable: meaning(
    409,
    false,
    'This job cannot be tried again.',
    'Only jobs that failed or were cancelled can, while their picture is there.',
  ),
  job_not_cancellable: meaning(
    409,
    false,
    'This job cannot be cancelled.',
    'Only waiting jobs and pictures in the making can.',
  ),
}
