/** Something the product promises. Tests cite it by its id in square brackets in their titles. */
export interface Requirement {
  readonly id: string
  readonly area:
    | 'setup'
    | 'contracts'
    | 'storage'
    | 'supervision'
    | 'engine'
    | 'model'
    | 'generation'
    | 'http'
    | 'interface'
    | 'cli'
    | 'errors'
    | 'search'
    | 'tags'
    | 'jobs'
    | 'collections'
    | 'analysis'
    | 'prompts'
    | 'styles'
    | 'transfer'
    | 'mcp'
    | 'agents'
    | 'workers'
    | 'logs'
    | 'trace'
    | 'memory'
    | 'language'
    | 'assistant'
    | 'chat'
  readonly behaviour: string
}

/** Everything the product promises. A promise that no test cites fails the suite, and so does a citation of none. */
export const requirements: readonly Requirement[] = [
  {
    id: 'setup-two-commands',
    area: 'setup',
    behaviour: 'One command sets everything up and starts; a second start adds almost nothing.',
  },
  {
    id: 'setup-interrupted',
    area: 'setup',
    behaviour: 'A set-up that was interrupted is done again by the next one.',
  },
  {
    id: 'setup-layers',
    area: 'setup',
    behaviour: 'An import against the direction of the layers fails the checks.',
  },
  {
    id: 'setup-dependencies',
    area: 'setup',
    behaviour: 'Every dependency has a reason in the documentation, and the lock file names no host.',
  },

  {
    id: 'contracts-projection',
    area: 'contracts',
    behaviour: 'Routes, OpenAPI and client are projections of one registry and agree with each other.',
  },
  {
    id: 'contracts-openapi',
    area: 'contracts',
    behaviour:
      'The OpenAPI 3.1 document names every capability, its fields and its errors, and can be browsed.',
  },
  {
    id: 'contracts-strict',
    area: 'contracts',
    behaviour: 'Unknown keys and values out of bounds are refused with each field named.',
  },
  {
    id: 'contracts-errors',
    area: 'contracts',
    behaviour: 'Every error has a code of the table, a sentence on what to do and the request id.',
  },
  {
    id: 'contracts-config',
    area: 'contracts',
    behaviour: 'The configuration has defaults for everything and refuses what it does not know.',
  },

  {
    id: 'storage-migrations',
    area: 'storage',
    behaviour: 'Migrations are atomic, checked by checksum, backed up first, and go on after a kill.',
  },
  {
    id: 'storage-refuses',
    area: 'storage',
    behaviour: 'A newer or damaged database is refused and left byte-identical.',
  },
  {
    id: 'storage-picture-atomic',
    area: 'storage',
    behaviour: 'A picture file is there as a whole or not at all.',
  },
  {
    id: 'storage-keyset',
    area: 'storage',
    behaviour: 'Lists page by keyset: nothing twice, nothing left out, whatever comes or goes.',
  },
  {
    id: 'storage-recipe-in-png',
    area: 'storage',
    behaviour:
      'A PNG carries its recipe as A1111 parameters and as our own chunk, and both can be read back.',
  },
  {
    id: 'storage-single-owner',
    area: 'storage',
    behaviour: 'A data folder has one owner; its lock dies with the process.',
  },
  {
    id: 'storage-jobs',
    area: 'storage',
    behaviour:
      'Jobs are leased and fenced: nobody without the lease changes a job, and results commit with its state.',
  },
  {
    id: 'storage-kills',
    area: 'storage',
    behaviour:
      'Whatever was acknowledged survives being killed at any moment, two hundred times over; nothing is done twice, and the file stays sound.',
  },
  {
    id: 'storage-backup',
    area: 'storage',
    behaviour:
      'A backup shows the database as it was at one moment, also while others write; it is verified, and there as a whole or not at all.',
  },
  {
    id: 'storage-restore',
    area: 'storage',
    behaviour:
      'A backup is verified before it takes the place of the database, which is kept; what cannot be restored changes nothing.',
  },
  {
    id: 'storage-picture-upkeep',
    area: 'storage',
    behaviour:
      'Missing, changed and unknown picture files are found without reading a gallery into memory, and mended without removing one.',
  },
  {
    id: 'storage-start-bounded',
    area: 'storage',
    behaviour:
      'A start takes the same time for any size of gallery; a damaged file is noticed all the same, and is not written over.',
  },
  {
    id: 'storage-migration-agents',
    area: 'storage',
    behaviour: 'The migration for agents gives pictures from before to the person at the machine.',
  },

  {
    id: 'supervision-handshake',
    area: 'supervision',
    behaviour: 'A worker gets its token by stdin and reports where it listens, on loopback or a pipe.',
  },
  {
    id: 'supervision-token',
    area: 'supervision',
    behaviour:
      'Workers refuse calls without the token, and the token stands in no argument, environment or log.',
  },
  {
    id: 'supervision-lifeline',
    area: 'supervision',
    behaviour: 'When the orchestrator dies, no worker or engine is left after two seconds.',
  },
  {
    id: 'supervision-kill-ladder',
    area: 'supervision',
    behaviour: 'A worker is asked, then terminated, then killed with everything it started.',
  },
  {
    id: 'supervision-restart',
    area: 'supervision',
    behaviour:
      'A worker that dies is started again with growing delays, and given up after five failures in a minute with its last words.',
  },
  {
    id: 'supervision-hang',
    area: 'supervision',
    behaviour: 'A worker or engine that hangs is found and replaced.',
  },

  {
    id: 'engine-txt2img',
    area: 'engine',
    behaviour: 'The embedded engine makes pictures from text; the same seed gives the same pixels.',
  },
  { id: 'engine-img2img', area: 'engine', behaviour: 'The embedded engine starts from a picture.' },
  {
    id: 'engine-samplers',
    area: 'engine',
    behaviour: 'Every sampler and scheduler that is offered makes a picture.',
  },
  { id: 'engine-batch', area: 'engine', behaviour: 'A batch makes the pictures of consecutive seeds.' },
  {
    id: 'engine-cancel',
    area: 'engine',
    behaviour: 'A cancelled engine has stopped, and the next request works.',
  },
  { id: 'engine-placement', area: 'engine', behaviour: 'Tiling and placement reach the engine.' },
  { id: 'engine-blank', area: 'engine', behaviour: 'A blank picture is an error and never a result.' },
  {
    id: 'engine-crash',
    area: 'engine',
    behaviour: 'An engine that dies fails its request with its last words, and the next request works.',
  },
  {
    id: 'engine-choice',
    area: 'engine',
    behaviour:
      'The engine is chosen by configuration, or an sd-server is taken where one is found, and the worker says why.',
  },
  {
    id: 'engine-sd-server',
    area: 'engine',
    behaviour:
      'An sd-server makes pictures with everything a request says, with progress, and anew for another model or placement.',
  },
  {
    id: 'engine-sd-server-faults',
    area: 'engine',
    behaviour:
      'Whatever an sd-server does wrong is an error with its last words, out of memory by name, and the next request works.',
  },
  {
    id: 'engine-sd-server-cancel',
    area: 'engine',
    behaviour: 'A cancelled picture of an sd-server ends the program, also while it loads.',
  },
  {
    id: 'engine-sd-server-life',
    area: 'engine',
    behaviour: 'An sd-server ends with its worker, however that one ends.',
  },
  {
    id: 'engine-mask',
    area: 'engine',
    behaviour: 'With a mask only what is white in it changes; an engine without masks refuses it by name.',
  },
  {
    id: 'engine-control',
    area: 'engine',
    behaviour:
      'A control picture reaches the control net of the preset; without one, or an engine that has none, it is refused.',
  },

  {
    id: 'model-unpack',
    area: 'model',
    behaviour:
      'The built-in model is unpacked once, with progress and checksum, and resumes after an interruption.',
  },
  {
    id: 'model-vocabulary',
    area: 'model',
    behaviour: 'The product tells which words of a prompt the built-in model knows.',
  },
  {
    id: 'model-own-files',
    area: 'model',
    behaviour: 'A preset can name any safetensors or GGUF model on the disk, inside the model folders.',
  },
  {
    id: 'model-bad-files',
    area: 'model',
    behaviour: 'A model file that is gone, truncated or no model is refused by name before any work.',
  },
  {
    id: 'model-language',
    area: 'model',
    behaviour:
      'The built-in language model ships with a manifest that its files keep to, apart from picture models.',
  },
  {
    id: 'model-decisions',
    area: 'model',
    behaviour:
      'How often the assistant decides rightly can be measured with one command, on cases of your own too.',
  },

  {
    id: 'generation-durable',
    area: 'generation',
    behaviour:
      'A picture that was asked for survives the death of worker, engine and orchestrator at any moment: not lost, not twice.',
  },
  {
    id: 'generation-attempts',
    area: 'generation',
    behaviour: 'A picture is tried at most twice, then it has failed with the reason.',
  },
  { id: 'generation-order', area: 'generation', behaviour: 'The queue keeps its order and shows positions.' },
  {
    id: 'generation-cancel',
    area: 'generation',
    behaviour: 'A picture is called cancelled only when the engine has stopped.',
  },
  {
    id: 'generation-progress',
    area: 'generation',
    behaviour: 'Progress tells phase, step, total and the time that is left.',
  },
  {
    id: 'generation-recipe',
    area: 'generation',
    behaviour: 'A finished picture has its complete recipe, with engine and file checksums.',
  },
  {
    id: 'generation-source',
    area: 'generation',
    behaviour: 'A picture can start from an upload or an earlier picture.',
  },
  {
    id: 'generation-bin',
    area: 'generation',
    behaviour: 'A deleted picture lies in the bin and can be restored.',
  },
  {
    id: 'generation-thumbnails',
    area: 'generation',
    behaviour: 'Thumbnails are made by a job after the picture.',
  },
  {
    id: 'generation-disk-full',
    area: 'generation',
    behaviour: 'A full disk holds the queue and loses nothing.',
  },

  {
    id: 'http-sign-in',
    area: 'http',
    behaviour: 'A browser signs in with a one-time code; programs use the bearer token; nobody else gets in.',
  },
  { id: 'http-guard', area: 'http', behaviour: 'Foreign hosts and origins are refused on every route.' },
  {
    id: 'http-headers',
    area: 'http',
    behaviour: 'Replies carry a strict content security policy, nosniff and the request id.',
  },
  {
    id: 'http-pictures',
    area: 'http',
    behaviour: 'Pictures are served by id, with ranges and lasting caching.',
  },
  {
    id: 'http-events',
    area: 'http',
    behaviour: 'One event stream tells everything, and a client that comes back gets what it missed.',
  },
  {
    id: 'http-uploads',
    area: 'http',
    behaviour: 'Uploads are checked by content and encoded anew; bombs, SVG and text are refused.',
  },
  { id: 'http-rate', area: 'http', behaviour: 'A client that calls without end is slowed down.' },
  {
    id: 'http-shutdown',
    area: 'http',
    behaviour: 'A shutdown gives unfinished pictures back to the queue without counting the attempt.',
  },

  {
    id: 'interface-generate',
    area: 'interface',
    behaviour: 'A person writes a prompt, watches the steps and sees the picture.',
  },
  { id: 'interface-cancel', area: 'interface', behaviour: 'A person cancels a picture at work.' },
  {
    id: 'interface-reuse',
    area: 'interface',
    behaviour: 'A person reuses a recipe, and it fills every setting.',
  },
  {
    id: 'interface-steady-wall',
    area: 'interface',
    behaviour: 'Rows of the wall stay as they are while pictures come and go above and below them.',
  },
  {
    id: 'interface-jump',
    area: 'interface',
    behaviour:
      'A person jumps to any date of a large gallery, scrolls on from there in both directions, and finds the place again after a reload.',
  },
  {
    id: 'interface-wall-failure',
    area: 'interface',
    behaviour: 'Pictures that cannot be loaded while scrolling are told of and asked for again on demand.',
  },
  {
    id: 'interface-search',
    area: 'interface',
    behaviour:
      'A person searches the gallery by typing, suggestions and filters; the address tells the search.',
  },
  {
    id: 'interface-search-states',
    area: 'interface',
    behaviour: 'A search that finds nothing, is too long or fails says so and shows a way on.',
  },
  {
    id: 'interface-gallery',
    area: 'interface',
    behaviour: 'A person scrolls the gallery without gaps, deletes a picture and undoes that.',
  },
  { id: 'interface-narrow', area: 'interface', behaviour: 'Everything works at 390 pixels.' },
  {
    id: 'interface-accessible',
    area: 'interface',
    behaviour: 'No page has a serious accessibility violation, and the keyboard reaches everything.',
  },
  {
    id: 'interface-states',
    area: 'interface',
    behaviour: 'Pages have empty, error and signed-out states with a way on.',
  },
  {
    id: 'interface-selection',
    area: 'interface',
    behaviour:
      'Pictures are selected by click, Shift, keys and touch, and tagged, rated, collected and deleted together.',
  },
  {
    id: 'interface-undo',
    area: 'interface',
    behaviour: 'Whatever is done with pictures is taken back by Undo or Ctrl Z, exactly.',
  },
  {
    id: 'interface-details',
    area: 'interface',
    behaviour:
      'Rating, favourite, tags, collections and notes of a picture are changed in place and by keys.',
  },
  {
    id: 'interface-collections',
    area: 'interface',
    behaviour: 'Collections are made, opened, renamed and deleted, and deleting asks first.',
  },
  {
    id: 'interface-compare',
    area: 'interface',
    behaviour: 'Two pictures are compared side by side or by a slider, with one zoom and what differs.',
  },
  {
    id: 'interface-tags',
    area: 'interface',
    behaviour: 'Tags are renamed, merged and given other names on a page of their own.',
  },
  {
    id: 'interface-jobs',
    area: 'interface',
    behaviour: 'Jobs that failed are shown with the reason and tried again.',
  },
  {
    id: 'interface-analyze',
    area: 'interface',
    behaviour:
      'A person sees what the pixels of a picture say, and takes suggestions into the draft and back out.',
  },
  {
    id: 'interface-enhance',
    area: 'interface',
    behaviour: 'A person sees what a prompt leaves open, takes some or all of it, and undoes that.',
  },
  {
    id: 'interface-styles',
    area: 'interface',
    behaviour: 'Styles are looked at, used, written, brought and taken away in the interface.',
  },
  {
    id: 'interface-import',
    area: 'interface',
    behaviour: 'A person imports a folder, files or archives, sees the progress and what could not be read.',
  },
  {
    id: 'interface-export',
    area: 'interface',
    behaviour: 'A person downloads pictures with their recipes as one archive.',
  },
  {
    id: 'interface-drag',
    area: 'interface',
    behaviour:
      'A picture is dragged onto Generate for its settings or as the source, from the gallery or the desktop.',
  },
  {
    id: 'interface-reuse-imported',
    area: 'interface',
    behaviour:
      'The settings of an imported picture fill the form as far as they exist here, and the rest is said.',
  },

  {
    id: 'cli-generate',
    area: 'cli',
    behaviour: 'generate makes a picture, prints its path, and fails with code and advice.',
  },
  {
    id: 'cli-doctor',
    area: 'cli',
    behaviour: 'doctor tells what it found and what to do about each problem.',
  },
  { id: 'cli-start', area: 'cli', behaviour: 'start prints the address, and stops in order on a signal.' },
  {
    id: 'cli-backup',
    area: 'cli',
    behaviour: 'backup and restore say where everything lies and which pictures are missing.',
  },
  {
    id: 'cli-repair',
    area: 'cli',
    behaviour:
      'doctor --repair puts the newest good backup in the place of a damaged database, and brings order into picture files.',
  },

  {
    id: 'errors-input',
    area: 'errors',
    behaviour: 'Each kind of bad request is refused with its code and nothing is lost.',
  },
  {
    id: 'errors-start',
    area: 'errors',
    behaviour: 'A start that cannot succeed says why: port, folder, configuration, database, second start.',
  },

  {
    id: 'search-migration',
    area: 'search',
    behaviour:
      'An older database gains search and tags with every row kept, and what can be found follows every change.',
  },
  { id: 'tags-alias-cycles', area: 'tags', behaviour: 'An alias names a tag and never another alias.' },
  {
    id: 'search-language',
    area: 'search',
    behaviour: 'One small language for people: words, phrases, beginnings, minus, OR.',
  },
  {
    id: 'search-filters',
    area: 'search',
    behaviour:
      'Filters for tags, styles, presets, ratings, favorites, sizes, dates, seeds and states, alone, together, negated and in an OR.',
  },
  {
    id: 'search-any-text',
    area: 'search',
    behaviour: 'Whatever a person types is a valid search and never an error of the database.',
  },
  {
    id: 'search-aliases',
    area: 'search',
    behaviour: 'A word finds pictures tagged with another name of the same tag.',
  },
  { id: 'search-bin', area: 'search', behaviour: 'What lies in the bin is not found.' },
  { id: 'search-newest', area: 'search', behaviour: 'Matches come newest first, page by page, each once.' },
  {
    id: 'search-relevance',
    area: 'search',
    behaviour: 'The best of the newest two thousand matches come first when that is asked for.',
  },
  {
    id: 'search-plans',
    area: 'search',
    behaviour: 'Searches and counts are read in order from an index and no further than needed.',
  },
  {
    id: 'search-timeline',
    area: 'search',
    behaviour: 'Months with their counts, and where the list of pictures goes on from each.',
  },
  {
    id: 'search-facets',
    area: 'search',
    behaviour: 'Tags, presets and years are counted for everything and for the matches of a query.',
  },
  {
    id: 'search-spelling',
    area: 'search',
    behaviour: 'Where nothing is found, the nearest words that would be are suggested.',
  },
  {
    id: 'search-thread',
    area: 'search',
    behaviour: 'Searches run on a read-only connection in a thread that is replaced when it dies.',
  },
  {
    id: 'search-capability',
    area: 'search',
    behaviour:
      'search_history gives whole pictures page by page, the same for the interface, programs and the assistant.',
  },
  {
    id: 'search-both-ways-lists',
    area: 'search',
    behaviour:
      'Lists go forward and backward from any place, each picture once, whatever comes and goes meanwhile, read in order from an index.',
  },
  { id: 'search-backward', area: 'search', behaviour: 'Matches are paged backward as well as forward.' },
  {
    id: 'search-bounds',
    area: 'search',
    behaviour:
      'A query that is too long and a cursor that is forged, stale or of another order do no harm and are told.',
  },
  {
    id: 'tags-names',
    area: 'tags',
    behaviour: 'Names are the same whatever their case, Unicode form and spaces; plurals are other names.',
  },
  {
    id: 'tags-edit',
    area: 'tags',
    behaviour:
      'Many pictures are tagged at once, all or nothing, and what changed is told so that it can be undone.',
  },
  {
    id: 'tags-list',
    area: 'tags',
    behaviour: 'Tags are suggested by how their names or aliases begin, most used first.',
  },
  {
    id: 'tags-rename',
    area: 'tags',
    behaviour: 'A renamed tag is renamed on all its pictures and in search.',
  },
  {
    id: 'tags-merge',
    area: 'tags',
    behaviour: 'Merged tags keep all their pictures, and their names find them.',
  },
  {
    id: 'tags-upkeep',
    area: 'tags',
    behaviour: 'A tag of many pictures has its new name at once, and its pictures follow some at a time.',
  },
  { id: 'tags-aliases', area: 'tags', behaviour: 'Aliases come and go; the tag and its pictures stay.' },
  {
    id: 'tags-auto',
    area: 'tags',
    behaviour: 'A finished picture gets the tags its prompt names, once, after what people said.',
  },
  {
    id: 'tags-undo',
    area: 'tags',
    behaviour: 'A change of tags can be taken back exactly, with who gave each tag and how sure that was.',
  },
  {
    id: 'generation-rate',
    area: 'generation',
    behaviour: 'Many pictures are rated at once, all or nothing, and what they were before is told.',
  },
  {
    id: 'generation-bulk-bin',
    area: 'generation',
    behaviour: 'Many pictures go to the bin and come back at once; what cannot is left and named.',
  },
  {
    id: 'generation-lineage',
    area: 'generation',
    behaviour: 'A picture tells what it started from and what started from it.',
  },
  {
    id: 'generation-wait',
    area: 'generation',
    behaviour:
      'A call can wait for its pictures, as long as the caller likes and is there; the end of the wait changes nothing.',
  },
  {
    id: 'generation-idempotency',
    area: 'generation',
    behaviour: 'The same key with the same arguments makes nothing twice; with others it is refused.',
  },
  {
    id: 'generation-last',
    area: 'generation',
    behaviour: 'The last picture is the newest one the same caller asked for.',
  },
  {
    id: 'generation-estimate',
    area: 'generation',
    behaviour: 'An estimate tells time and memory with what it goes by, guesses nothing and makes nothing.',
  },
  { id: 'jobs-visible', area: 'jobs', behaviour: 'Waiting, running, finished and dead jobs can be listed.' },
  { id: 'jobs-retry', area: 'jobs', behaviour: 'A dead job can be tried again, together with its picture.' },
  { id: 'jobs-cancel', area: 'jobs', behaviour: 'A waiting job can be taken out of the queue.' },
  { id: 'jobs-given-up', area: 'jobs', behaviour: 'A job that is given up is told, with the reason.' },
  {
    id: 'collections-keep',
    area: 'collections',
    behaviour:
      'Pictures are put into collections and taken out, and what changed is told; pictures outlive collections.',
  },
  {
    id: 'collections-list',
    area: 'collections',
    behaviour: 'The pictures of a collection are listed newest first, page by page.',
  },
  {
    id: 'collections-search',
    area: 'collections',
    behaviour: 'A collection can be searched in, together with every other filter.',
  },
  {
    id: 'collections-refuse',
    area: 'collections',
    behaviour: 'Names that are taken or no names, and pictures that are not there, are refused whole.',
  },
  {
    id: 'collections-migration',
    area: 'collections',
    behaviour: 'An older gallery gains collections with every picture kept and found as before.',
  },
  {
    id: 'collections-delete-large',
    area: 'collections',
    behaviour: 'A deleted collection is gone at once, and emptied without anything else having to wait.',
  },
  {
    id: 'jobs-leases',
    area: 'jobs',
    behaviour:
      'A job whose lease expires while the product runs waits again; a machine that slept takes nothing away.',
  },

  {
    id: 'analysis-pixels',
    area: 'analysis',
    behaviour: 'Colours, light, detail and empty areas of a picture are measured, the same each time.',
  },
  {
    id: 'analysis-honest',
    area: 'analysis',
    behaviour:
      'An analysis of pixels says that it is one, answers no question and names the prompt as what was asked for.',
  },
  {
    id: 'analysis-suggestions',
    area: 'analysis',
    behaviour:
      'Suggestions are edits with reasons, in words the model knows, and never against what the prompt asks for.',
  },
  {
    id: 'analysis-similar',
    area: 'analysis',
    behaviour: 'Pictures that look much the same are found exactly, without those in the bin.',
  },
  {
    id: 'analysis-backlog',
    area: 'analysis',
    behaviour:
      'Pictures from before an update can be found by their looks after it, without a person doing anything.',
  },
  {
    id: 'analysis-errors',
    area: 'analysis',
    behaviour: 'A picture that is not there, not finished, gone or broken is told by its code.',
  },

  {
    id: 'prompts-enhance',
    area: 'prompts',
    behaviour:
      'Enhancing keeps every word, adds only what is missing and fits, says so, and adds nothing twice.',
  },
  {
    id: 'prompts-vocabulary',
    area: 'prompts',
    behaviour: 'What is added suits the family of the model and stays within the words it knows.',
  },
  {
    id: 'prompts-any-text',
    area: 'prompts',
    behaviour: 'Whatever a person types can be enhanced; text the rules cannot judge is left as it is.',
  },
  {
    id: 'prompts-edits',
    area: 'prompts',
    behaviour: 'Edits add, remove or replace words of a prompt and leave the rest alone.',
  },
  {
    id: 'prompts-files',
    area: 'prompts',
    behaviour:
      'A copy of a file of prompts works at once; a broken one is told with its line, and the original is used.',
  },
  {
    id: 'search-in-step',
    area: 'search',
    behaviour: 'Whatever changes, the index and the counters are as if they were made anew.',
  },
  {
    id: 'styles-library',
    area: 'styles',
    behaviour:
      'The styles that come with the product follow it; what a person made, changed or deleted stays.',
  },
  {
    id: 'styles-migration',
    area: 'styles',
    behaviour: 'The migration to styles keeps what is there.',
  },
  {
    id: 'styles-list',
    area: 'styles',
    behaviour: 'Styles are listed by name, page by page, and found by their words.',
  },
  {
    id: 'styles-find',
    area: 'styles',
    behaviour:
      'A style is found by its name in spite of small slips; where several may be meant, they are named.',
  },
  {
    id: 'styles-merge',
    area: 'styles',
    behaviour: 'A style adds to the words of a person, loses none of them, and adds nothing twice.',
  },
  {
    id: 'styles-apply',
    area: 'styles',
    behaviour:
      'What a prompt or an earlier picture becomes in a style can be asked without making a picture.',
  },
  {
    id: 'styles-generate',
    area: 'styles',
    behaviour:
      'A picture in a style keeps the style and the words of the person beside what the model was told.',
  },
  {
    id: 'styles-own',
    area: 'styles',
    behaviour: 'Styles are saved from texts and pictures, changed, copied, deleted and brought back.',
  },
  {
    id: 'styles-import',
    area: 'styles',
    behaviour: 'Styles come from our files, JSON lists and styles.csv; each row that is none is told.',
  },
  {
    id: 'styles-export',
    area: 'styles',
    behaviour: 'Exported styles come back as they were, and are no formulas to a spreadsheet.',
  },
  {
    id: 'styles-preview',
    area: 'styles',
    behaviour:
      'Previews are made while nothing else waits, give way to pictures, and are none of the gallery.',
  },

  {
    id: 'transfer-dialects',
    area: 'transfer',
    behaviour:
      'The recipes that eight tools write into PNG, JPEG and WebP are read; what has no place here is named.',
  },
  {
    id: 'transfer-hostile-metadata',
    area: 'transfer',
    behaviour: 'No metadata makes a reader fail, hang or fill the memory.',
  },
  {
    id: 'transfer-import',
    area: 'transfer',
    behaviour:
      'Pictures are taken in byte by byte, once each, with recipe and date; thumbnails and tags follow.',
  },
  {
    id: 'transfer-import-folder',
    area: 'transfer',
    behaviour: 'Only a readable folder is imported, and no link leads out of it.',
  },
  {
    id: 'transfer-import-upload',
    area: 'transfer',
    behaviour: 'Uploaded files are streamed to the disk within limits, and leave no copy behind.',
  },
  {
    id: 'transfer-import-archive',
    area: 'transfer',
    behaviour: 'An archive can neither write elsewhere nor unpack without end; what is refused is named.',
  },
  {
    id: 'transfer-import-report',
    area: 'transfer',
    behaviour: 'Every file that could not be taken in is named with the reason, and the others are in.',
  },
  {
    id: 'transfer-import-resume',
    area: 'transfer',
    behaviour: 'An import that was interrupted, even by a kill, goes on without doubles.',
  },
  {
    id: 'transfer-import-cancel',
    area: 'transfer',
    behaviour: 'An import can be stopped and keeps what it has.',
  },
  {
    id: 'transfer-export',
    area: 'transfer',
    behaviour:
      'An archive holds originals, recipes and a manifest that names what is missing; it is packed as it is read.',
  },
  {
    id: 'transfer-export-names',
    area: 'transfer',
    behaviour: 'The names in an archive are safe on every system.',
  },
  {
    id: 'transfer-http',
    area: 'transfer',
    behaviour: 'Uploads, reports and archives go over streams, behind the same guards as everything.',
  },
  {
    id: 'transfer-command-line',
    area: 'transfer',
    behaviour: 'A folder is imported and an archive exported from the command line.',
  },

  {
    id: 'mcp-same-everywhere',
    area: 'mcp',
    behaviour:
      'The same call gives the same result directly, over REST and over MCP, by HTTP and stdio, with every client.',
  },
  {
    id: 'mcp-same-errors',
    area: 'mcp',
    behaviour: 'The same mistake gives the same error code on every way, and a bug is told without its text.',
  },
  {
    id: 'mcp-clients',
    area: 'mcp',
    behaviour: 'Clients of the newest revision and older ones are served from one address.',
  },
  {
    id: 'mcp-tools',
    area: 'mcp',
    behaviour:
      'Tools are strict projections of the contracts, with hints from their effect and without what takes something away.',
  },
  {
    id: 'mcp-tool-list',
    area: 'mcp',
    behaviour: 'The list of tools changes with the installed presets and never with content.',
  },
  {
    id: 'mcp-handle-first',
    area: 'mcp',
    behaviour: 'A picture has an id before it is made, and is found under it afterwards.',
  },
  {
    id: 'mcp-wait-ends-early',
    area: 'mcp',
    behaviour: 'A wait that is over is told as such, never as a failure.',
  },
  {
    id: 'mcp-client-gives-up',
    area: 'mcp',
    behaviour: 'A client that stops waiting finds its picture later.',
  },
  {
    id: 'mcp-progress',
    area: 'mcp',
    behaviour: 'A client that asks for it hears how far its pictures are.',
  },
  {
    id: 'mcp-preview',
    area: 'mcp',
    behaviour: 'Who waits for a picture gets it small, with a link and the path of its file.',
  },
  {
    id: 'mcp-preview-bounded',
    area: 'mcp',
    behaviour: 'A picture costs a client less than 60 KB, whatever it shows.',
  },
  {
    id: 'mcp-cancel',
    area: 'mcp',
    behaviour: 'What an agent cancels has really stopped.',
  },
  {
    id: 'mcp-idempotency',
    area: 'mcp',
    behaviour:
      'An agent that repeats a call with the same key gets the same pictures, also when both come at once.',
  },
  {
    id: 'mcp-img2img',
    area: 'mcp',
    behaviour: 'An agent can start from an earlier picture.',
  },
  {
    id: 'mcp-clients-apart',
    area: 'mcp',
    behaviour: 'Clients at work at the same time get their own results and never those of others.',
  },
  {
    id: 'mcp-client-name',
    area: 'mcp',
    behaviour: 'An agent is known by what it calls itself and never passes for the person at the machine.',
  },
  {
    id: 'mcp-request-id',
    area: 'mcp',
    behaviour: 'A failed tool call names its request, under which events and log are found.',
  },
  {
    id: 'mcp-restart',
    area: 'mcp',
    behaviour: 'After a crash an id still answers, and what is not known is never told as done.',
  },
  {
    id: 'mcp-resources',
    area: 'mcp',
    behaviour: 'Pictures and the status can be read as resources, bounded, with ids completed.',
  },
  {
    id: 'mcp-prompts',
    area: 'mcp',
    behaviour: 'There are prompts for common tasks, from files.',
  },
  {
    id: 'mcp-data-marked',
    area: 'mcp',
    behaviour: 'Text that people or models wrote comes back marked as data and cannot leave its place.',
  },
  {
    id: 'mcp-doors',
    area: 'mcp',
    behaviour:
      'Without the token, with a foreign Host or a foreign Origin, every route is closed; a browser session does not open the one for agents.',
  },
  {
    id: 'mcp-stdio-pure',
    area: 'mcp',
    behaviour:
      'The command for stdin and stdout prints messages alone and ends with its input, leaving nothing behind.',
  },
  {
    id: 'mcp-stdio-finds',
    area: 'mcp',
    behaviour: 'The command uses a server that runs and leaves it running.',
  },
  {
    id: 'mcp-stdio-restart',
    area: 'mcp',
    behaviour: 'The command outlives the server: at most one clear failure, then the next server.',
  },
  {
    id: 'mcp-stdio-failure',
    area: 'mcp',
    behaviour: 'Where no server can be started, each call says so and why.',
  },

  {
    id: 'agents-calls',
    area: 'agents',
    behaviour: 'An agent that calls too often is told until when to stop.',
  },
  {
    id: 'agents-repetition',
    area: 'agents',
    behaviour:
      'An agent that repeats a call is stopped, unless it only asks how far a picture is or uses a key.',
  },
  { id: 'agents-waits', area: 'agents', behaviour: 'An agent waits in a few calls at a time.' },
  { id: 'agents-result-size', area: 'agents', behaviour: 'No result floods the context of a model.' },
  {
    id: 'agents-destructive',
    area: 'agents',
    behaviour: 'What takes something away cannot be reached by an agent.',
  },
  { id: 'agents-queue', area: 'agents', behaviour: 'An agent has few unfinished pictures at a time.' },
  {
    id: 'agents-images',
    area: 'agents',
    behaviour: 'An agent asks for a limited number of pictures in an hour; a person does not.',
  },
  {
    id: 'agents-record',
    area: 'agents',
    behaviour: 'Every call of an agent is recorded with its outcome, and what it said is not.',
  },
  {
    id: 'agents-refusal-told',
    area: 'agents',
    behaviour: 'A refusal is an event, and an agent that runs against a wall does not flood the events.',
  },
  {
    id: 'agents-limits-real',
    area: 'agents',
    behaviour: 'The running product keeps the limits of its configuration, and tells people what agents did.',
  },
  {
    id: 'agents-page',
    area: 'agents',
    behaviour: 'The System page tells what agents did, live, and how to connect one.',
  },
  {
    id: 'agents-configuration',
    area: 'agents',
    behaviour: 'What a program has to be told is printed with the paths of this installation.',
  },
  {
    id: 'agents-bundle',
    area: 'agents',
    behaviour: 'A bundle is packed by one command and runs the installed product.',
  },
  {
    id: 'agents-inspector',
    area: 'agents',
    behaviour: 'The inspector of the protocol works over HTTP and stdio and finds no error in the schemas.',
  },
  {
    id: 'agents-conformance',
    area: 'agents',
    behaviour: 'The scenarios of the conformance suite that fit a server like this one pass.',
  },

  {
    id: 'workers-contract',
    area: 'workers',
    behaviour:
      'Every kind of worker tells its health in full, answers errors in one shape and is closed on every route without its token.',
  },
  {
    id: 'workers-calls',
    area: 'workers',
    behaviour:
      'A call of a worker ends in time; what may be done twice is asked again, and a worker that never answers is replaced.',
  },
  {
    id: 'workers-lifecycle',
    area: 'workers',
    behaviour:
      'Crash, hang, crash loop, a taken port, a slow start, garbage on its output and a refusal to leave: each is survived.',
  },
  {
    id: 'workers-told',
    area: 'workers',
    behaviour:
      'That a worker failed is told at once in words, with the request it was at work on, and then that it has recovered.',
  },
  {
    id: 'workers-chaos',
    area: 'workers',
    behaviour:
      'Random faults lose no picture, make none twice, keep no blank one, hang none, and each is explained by its trace.',
  },

  {
    id: 'logs-correlated',
    area: 'logs',
    behaviour: 'Log lines of all processes carry the request, endpoint, duration and outcome.',
  },
  {
    id: 'logs-bounded',
    area: 'logs',
    behaviour: 'The log is kept in a few files of bounded size, also while the product runs.',
  },
  {
    id: 'logs-redacted',
    area: 'logs',
    behaviour: 'Secrets are taken out of the log, also out of what workers and engines print.',
  },
  {
    id: 'logs-metrics',
    area: 'logs',
    behaviour: 'Programs with the token read figures about requests, jobs, pictures and workers.',
  },

  {
    id: 'trace-failed',
    area: 'trace',
    behaviour:
      'A failed picture is explained: each attempt, why it failed, and the last words of the engine.',
  },
  {
    id: 'trace-processes',
    area: 'trace',
    behaviour: 'A trace goes across processes in the order of time.',
  },
  {
    id: 'trace-stopped',
    area: 'trace',
    behaviour: 'A trace can be read while the product does not run.',
  },
  { id: 'trace-cli', area: 'trace', behaviour: 'A command prints a trace for people and as JSON.' },
  {
    id: 'trace-unknown',
    area: 'trace',
    behaviour: 'A request that nothing is known about is told as such.',
  },
  {
    id: 'trace-context',
    area: 'trace',
    behaviour: 'The trace of a caller is taken from its header and passed on to workers.',
  },
  {
    id: 'trace-page',
    area: 'trace',
    behaviour: 'A page tells what happened to a request; pictures, errors, jobs and events lead to it.',
  },
  {
    id: 'memory-probes',
    area: 'memory',
    behaviour:
      'The memory of graphics cards and of the machine is read with what processes hold, odd answers and limits included.',
  },
  {
    id: 'memory-model',
    area: 'memory',
    behaviour:
      'What a model takes is read from the headers of its files, part by part, and comes close before any run.',
  },
  {
    id: 'memory-ladder',
    area: 'memory',
    behaviour:
      'A plan takes the cheapest rung that fits, goes further down as memory gets short, and refuses only what cannot fit.',
  },
  {
    id: 'memory-reserve',
    area: 'memory',
    behaviour: 'Two pieces of work never count on the same free memory.',
  },
  {
    id: 'memory-release',
    area: 'memory',
    behaviour:
      'Other workers of ours give memory back when a picture needs it: first what is had again at once, then the rest.',
  },
  {
    id: 'memory-background',
    area: 'memory',
    behaviour: 'Work that nobody waits for does not begin where anything would have to make room for it.',
  },
  {
    id: 'memory-refused',
    area: 'memory',
    behaviour: 'A picture that cannot fit is refused with the numbers and a size that would.',
  },
  {
    id: 'memory-calibration',
    area: 'memory',
    behaviour: 'What runs took is kept; after five runs of a kind the next expectation lies within a tenth.',
  },
  {
    id: 'memory-fits',
    area: 'memory',
    behaviour:
      'A picture that would run out of memory at once completes by what the plan does about it, and its record says so.',
  },
  {
    id: 'memory-told',
    area: 'memory',
    behaviour: 'A lack of memory is told from other failures of the engine.',
  },
  {
    id: 'memory-retry',
    area: 'memory',
    behaviour:
      'A picture that runs out of memory or comes out blank is made once more, further down; then the failure is told.',
  },
  {
    id: 'memory-shown',
    area: 'memory',
    behaviour: 'People see what memory is used and expected, and how each picture was made to fit.',
  },
  {
    id: 'language-own-words',
    area: 'language',
    behaviour: 'The built-in language model can write nothing into a call but words that were said.',
  },
  {
    id: 'language-own-tools',
    area: 'language',
    behaviour:
      'The built-in language model calls only tools that are offered, with arguments they take, or asks.',
  },
  {
    id: 'language-unknown-tools',
    area: 'language',
    behaviour: 'Where no tool of its own is offered, the built-in language model replies.',
  },
  {
    id: 'language-too-long',
    area: 'language',
    behaviour: 'A text too long for the built-in language model gets an answer that says so.',
  },
  {
    id: 'language-situation',
    area: 'language',
    behaviour: 'What came before decides how words are understood: a picture, results, styles, an error.',
  },
  {
    id: 'language-filling',
    area: 'language',
    behaviour: '“Again” and changes take what they are about from the picture before; a new thing does not.',
  },
  {
    id: 'language-style-follows',
    area: 'language',
    behaviour: 'After a style was found, the picture is made in it, with its own words and seed.',
  },
  {
    id: 'language-health',
    area: 'language',
    behaviour: 'The language worker tells its state, memory and tokens, and refuses by code without a model.',
  },
  {
    id: 'language-model-files',
    area: 'language',
    behaviour: 'The language worker opens GGUF files in the model folders and nothing else.',
  },
  {
    id: 'language-chat',
    area: 'language',
    behaviour:
      'Answers of the language worker are the same whole and in pieces, and repeat at temperature 0.',
  },
  {
    id: 'language-tools',
    area: 'language',
    behaviour: 'Calls of tools are decoded under grammars made from their schemas.',
  },
  {
    id: 'language-json',
    area: 'language',
    behaviour: 'Data of a JSON schema can be asked for and fits it.',
  },
  {
    id: 'language-purge',
    area: 'language',
    behaviour: 'The context is given up on request, and the next answer is as if it had not been.',
  },
  {
    id: 'language-abort',
    area: 'language',
    behaviour: 'A client that goes away ends the work on its answer.',
  },
  {
    id: 'language-turns',
    area: 'language',
    behaviour: 'Several requests are answered one after the other, none of them lost.',
  },
  {
    id: 'language-overflow',
    area: 'language',
    behaviour: 'A conversation too long for a model is refused by name, with the figures.',
  },
  {
    id: 'language-presets',
    area: 'language',
    behaviour: 'Language models can be added, put in use and removed; the built-in one is always there.',
  },
  {
    id: 'language-lazy',
    area: 'language',
    behaviour: 'The language worker starts with the first request, over a port or a pipe.',
  },
  {
    id: 'language-release',
    area: 'language',
    behaviour: 'The language worker gives memory back when the product asks and takes it again when needed.',
  },
  {
    id: 'language-worker-killed',
    area: 'language',
    behaviour: 'When the language worker dies over an answer, the caller is told and the next request works.',
  },
  {
    id: 'language-remote',
    area: 'language',
    behaviour: 'A language model may be any address compatible with OpenAI, with its key and settings.',
  },
  {
    id: 'language-key',
    area: 'language',
    behaviour:
      'The key of a language model stands in no list, event or log and goes to its own address alone.',
  },
  {
    id: 'language-remote-faults',
    area: 'language',
    behaviour: 'What is wrong with the address of a language model is told by code.',
  },
  {
    id: 'language-remote-addresses',
    area: 'language',
    behaviour: 'Language models are reached by https, or by http on this machine alone.',
  },
  {
    id: 'assistant-picture',
    area: 'assistant',
    behaviour:
      'A sentence becomes a picture by the tools of our own server, and the conversation and the calls are kept.',
  },
  {
    id: 'assistant-search-words',
    area: 'assistant',
    behaviour:
      'A search that finds nothing under the words that were said is made with the nearest known ones.',
  },
  {
    id: 'assistant-call-limit',
    area: 'assistant',
    behaviour: 'A model that calls tools forever is told to stop and is stopped.',
  },
  {
    id: 'assistant-same-call',
    area: 'assistant',
    behaviour: 'The same call with the same arguments is made once in a turn.',
  },
  {
    id: 'assistant-image-limit',
    area: 'assistant',
    behaviour: 'A turn makes no more pictures than it may.',
  },
  {
    id: 'assistant-turn-time',
    area: 'assistant',
    behaviour: 'A turn over its time ends, and its pictures go on.',
  },
  {
    id: 'assistant-output-limit',
    area: 'assistant',
    behaviour: 'A turn in which the model writes without end is cut off.',
  },
  {
    id: 'assistant-failed-tool',
    area: 'assistant',
    behaviour: 'A tool that fails is a result the model can act on.',
  },
  {
    id: 'assistant-unknown-tool',
    area: 'assistant',
    behaviour: 'A tool that does not exist is named as such and never carried out.',
  },
  {
    id: 'assistant-bad-arguments',
    area: 'assistant',
    behaviour: 'Arguments that do not fit the schema do nothing and name the fields.',
  },
  {
    id: 'assistant-result-budget',
    area: 'assistant',
    behaviour: 'Results of tools are whole for the person and within a budget for the model.',
  },
  {
    id: 'assistant-no-nested-turns',
    area: 'assistant',
    behaviour: 'No tool can begin a turn of the assistant.',
  },
  {
    id: 'assistant-approval',
    area: 'assistant',
    behaviour: 'What takes something away is done only after a yes of the person.',
  },
  {
    id: 'assistant-numbers',
    area: 'assistant',
    behaviour:
      'Pictures go by their number in the conversation; one that is not there is refused before the call.',
  },
  {
    id: 'assistant-words',
    area: 'assistant',
    behaviour: 'Words the sketch model does not know are named, with the way to a real model.',
  },
  {
    id: 'assistant-memory',
    area: 'assistant',
    behaviour:
      'Of a conversation too long for the model the newest turns, the first request and the pictures are kept.',
  },
  {
    id: 'assistant-titles',
    area: 'assistant',
    behaviour: 'A conversation gets a title; one that a person gave stays.',
  },
  {
    id: 'assistant-prompts',
    area: 'assistant',
    behaviour:
      'What the model is told comes from files that are read anew, and a person’s copy replaces them.',
  },
  {
    id: 'chat-page',
    area: 'chat',
    behaviour:
      'The home page is a conversation: a welcome with examples that work, the answer as it comes, and pictures in it.',
  },
  {
    id: 'chat-pictures',
    area: 'chat',
    behaviour:
      'A picture is shown in the conversation from the moment it is queued, with its progress, and then with what can be done with it.',
  },
  {
    id: 'chat-numbers',
    area: 'chat',
    behaviour: 'Pictures of a conversation have numbers, the same for the person and the assistant.',
  },
  {
    id: 'chat-tools',
    area: 'chat',
    behaviour:
      'What the assistant did is shown with its arguments and its result: found pictures, styles, analyses, better prompts.',
  },
  {
    id: 'chat-errors',
    area: 'chat',
    behaviour:
      'A failure in a conversation says what happened and what to do, with the request id, and the way to try again.',
  },
  {
    id: 'chat-draft',
    area: 'chat',
    behaviour:
      'The words, style and settings worked on are in view, and suggestions change them by one press.',
  },
  {
    id: 'chat-stream',
    area: 'chat',
    behaviour:
      'A turn runs by itself: its stream can be read from its beginning, also after a reload, and a message that did not arrive can be sent again.',
  },
  {
    id: 'chat-stop',
    area: 'chat',
    behaviour:
      'Stopping ends the model and cancels the pictures of the turn, and says so; what was said so far stays.',
  },
  {
    id: 'chat-regenerate',
    area: 'chat',
    behaviour: 'An answer can be made anew; the one before is kept as superseded.',
  },
  {
    id: 'chat-edit',
    area: 'chat',
    behaviour: 'A message can be said anew and an answer made anew; what followed is replaced.',
  },
  {
    id: 'chat-model-failure',
    area: 'chat',
    behaviour: 'A language model that fails is told with a code, and the conversation goes on.',
  },
  {
    id: 'chat-bad-input',
    area: 'chat',
    behaviour: 'What is no message is refused with its fields, and nothing of it is kept.',
  },
  {
    id: 'chat-delete',
    area: 'chat',
    behaviour: 'A conversation can be deleted and brought back; its running turn stops.',
  },
  {
    id: 'chat-interrupted',
    area: 'chat',
    behaviour: 'A half answer outlives the end of the program, is said to be one, and can be made anew.',
  },
  {
    id: 'chat-search',
    area: 'chat',
    behaviour: 'Conversations are found by the words of their titles and texts.',
  },
  {
    id: 'chat-export',
    area: 'chat',
    behaviour: 'A conversation can be exported as Markdown and as JSON.',
  },
  {
    id: 'chat-approval',
    area: 'chat',
    behaviour: 'What takes something away waits in the conversation for a yes.',
  },
  {
    id: 'chat-commands',
    area: 'chat',
    behaviour: 'Commands typed with a slash say a plain sentence or act at once.',
  },
  {
    id: 'chat-attach',
    area: 'chat',
    behaviour: 'A picture can be dropped in, pasted or chosen, and goes with the message.',
  },
  {
    id: 'chat-list',
    area: 'chat',
    behaviour: 'Conversations can be searched, renamed, exported, deleted and brought back.',
  },
  {
    id: 'chat-drawer',
    area: 'chat',
    behaviour: 'The same conversation opens beside every other page by a key.',
  },
  {
    id: 'chat-markdown',
    area: 'chat',
    behaviour:
      'An answer may use Markdown, and nothing in it becomes HTML, loads a picture or leads off the product.',
  },
  {
    id: 'chat-keyboard',
    area: 'chat',
    behaviour: 'Everything in a conversation can be done by keyboard, and listeners are told of answers.',
  },
  {
    id: 'chat-accessible',
    area: 'chat',
    behaviour: 'The chat has no serious accessibility findings, dark and light, wide and narrow.',
  },
  {
    id: 'chat-narrow',
    area: 'chat',
    behaviour: 'The chat works at 390 pixels.',
  },
  {
    id: 'chat-large',
    area: 'chat',
    behaviour: 'A conversation of 300 messages opens and scrolls quickly.',
  },
]
