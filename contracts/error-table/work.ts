import { meaning } from './meaning.ts'

/** Failures while a picture is being made. */
export const workErrors = {
  blank_image: meaning(
    502,
    true,
    'The engine made a blank picture, so it was not kept.',
    'Try another seed, sampler or size.',
  ),
  engine_failed: meaning(
    502,
    true,
    'The image engine failed.',
    'Try again; if it stays, run "npx mysticanvas doctor".',
  ),
  engine_hung: meaning(
    504,
    true,
    'The image engine stopped responding and was replaced.',
    'Try again, perhaps with a smaller size.',
  ),
  out_of_memory: meaning(
    507,
    true,
    'The image engine ran out of memory.',
    'Make a smaller picture, close other programs, or take a smaller model.',
  ),
  insufficient_memory: meaning(
    507,
    true,
    'There is not enough memory for this picture, also with everything moved out of the way.',
    'Make a smaller picture, close other programs, or take a smaller model.',
  ),
  worker_unavailable: meaning(
    503,
    true,
    'The image worker is not available.',
    'It is being started again; wait a moment and retry.',
  ),
  worker_failed: meaning(
    503,
    false,
    'The image worker keeps failing and was given up.',
    'Look at its last words on the System page, mend the cause and start again.',
  ),
  worker_unauthenticated: meaning(
    401,
    false,
    'The worker got no token.',
    'Only the orchestrator talks to workers.',
  ),
  worker_forbidden: meaning(
    403,
    false,
    'The worker got a wrong token.',
    'Only the orchestrator talks to workers.',
  ),
  worker_busy: meaning(409, true, 'The worker is at work on another picture.', 'Wait until it is finished.'),
  interrupted: meaning(
    500,
    true,
    'MystiCanvas was stopped twice while this picture was being made.',
    'Start the picture again.',
  ),
  cancelled: meaning(409, false, 'The picture was cancelled.', 'Start it again if you want it after all.'),
  queue_full: meaning(
    429,
    true,
    'The queue is full.',
    'Wait until some pictures are finished, or cancel some.',
  ),
  idempotency_key_reused: meaning(
    409,
    false,
    'This idempotency key was used for another request.',
    'Use a new key, or send exactly the same arguments again.',
  ),
  disk_full: meaning(
    507,
    true,
    'The disk is full.',
    'Free some space on the disk of the data folder; waiting pictures go on then.',
  ),
}
