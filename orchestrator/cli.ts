import { resolve } from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import { agentProgramSchema, type AgentProgram } from '../contracts/entities/agent-configuration.ts'
import { samplers, schedulers } from '../contracts/entities/engine.ts'
import { backup, type BackupArguments } from './commands/backup.ts'
import { doctor, type DoctorArguments } from './commands/doctor.ts'
import { exportPictures } from './commands/export.ts'
import { generate, type GenerateArguments } from './commands/generate.ts'
import { importFolder } from './commands/import.ts'
import { mcp } from './commands/mcp.ts'
import { open } from './commands/open.ts'
import { printConfig } from './commands/print-config.ts'
import { recipe } from './commands/recipe.ts'
import { reportFailure } from './commands/report-failure.ts'
import { restore, type RestoreArguments } from './commands/restore.ts'
import { start, type StartArguments } from './commands/start.ts'
import { trace, type TraceArguments } from './commands/trace.ts'
import { defaultDataFolder } from './foundation/paths.ts'
import { productVersion } from './foundation/version.ts'

const dataOption = () =>
  new Option('--data <folder>', 'folder for pictures, models and settings')
    .default(defaultDataFolder())
    .argParser((folder) => resolve(folder))

const program = new Command('mysticanvas')
  .description('MystiCanvas makes pictures from words, on your own machine.')
  .version(productVersion, '-v, --version')
  .showHelpAfterError('Run the same command with --help to see what it takes.')
  .configureOutput({
    outputError: (text, write) => write(text.replace(/^error: /, 'Error invalid_input: ')),
  })
  .addHelpText(
    'after',
    `
Examples:
  npm start                                                  run it and open the printed link in a browser
  npx mysticanvas generate "a red boat on the sea"           make one picture without the web interface
  npx mysticanvas generate "a green tree" --count 3 --out tree.png
                                                             tree-1.png, tree-2.png and tree-3.png
  npx mysticanvas backup                                     copies the database, also while it runs
  npx mysticanvas doctor                                     something does not work? Start here
  npx mysticanvas trace 8c0f1f1e-…                           what happened to the request of that id?
`,
  )

program
  .command('start')
  .description('run MystiCanvas with its web interface, until Ctrl+C')
  .option(
    '--port <port>',
    'port of the web interface (default: "port" of config.json, else 7801; 0: any free one)',
    toNumber,
  )
  .addOption(dataOption())
  .action((options: StartArguments) => start(options))

program
  .command('generate')
  .description(
    'make a picture and print the path of its file; uses a running MystiCanvas, or runs it meanwhile',
  )
  .argument('<prompt>', 'what the picture should show')
  .option('--out <file>', 'where to write the picture, a PNG (default: mysticanvas-<id>.png here)')
  .option('--negative-prompt <text>', 'what the picture should not show')
  .option('--style <name>', 'a style to draw in, such as watercolor')
  .option('--preset <id>', 'model and settings to use (default: the first one that is ready)')
  .addOption(
    new Option('--aspect <shape>', 'shape of the picture').choices(['portrait', 'landscape', 'square']),
  )
  .option('--width <pixels>', 'width, a multiple of 8 (default: what suits the preset)', toNumber)
  .option('--height <pixels>', 'height, a multiple of 8 (default: what suits the preset)', toNumber)
  .option('--count <number>', 'how many pictures, 1 to 4 (default: 1)', toNumber)
  .option('--seed <number>', 'the same seed and settings give the same picture (default: random)', toNumber)
  .option('--steps <number>', 'sampling steps, 1 to 150: more take longer', toNumber)
  .option('--guidance <number>', 'guidance scale, 0 to 30: how closely to follow the text', toNumber)
  .addOption(new Option('--sampler <name>', 'sampling method').choices(samplers))
  .addOption(new Option('--scheduler <name>', 'noise schedule').choices(schedulers))
  .option('--from <file>', 'a picture to start from')
  .option('--strength <number>', 'how far to leave that picture, 0 to 1', toNumber)
  .addOption(dataOption())
  .action((prompt: string, { negativePrompt, ...options }: GenerateArguments & { negativePrompt?: string }) =>
    generate(
      prompt,
      negativePrompt === undefined ? options : { ...options, negative_prompt: negativePrompt },
    ),
  )

program
  .command('open')
  .description('print a link that signs a browser in to a running MystiCanvas')
  .addOption(dataOption())
  .action((options: { data: string }) => open(options))

program
  .command('mcp')
  .description('let an agent use MystiCanvas: speaks the Model Context Protocol on stdin and stdout')
  .addOption(
    new Option('--print-config <program>', 'print what to paste so that a program finds MystiCanvas').choices(
      agentProgramSchema.options,
    ),
  )
  .addOption(dataOption())
  .action(({ data, printConfig: agent }: { data: string; printConfig?: AgentProgram }) =>
    agent === undefined ? mcp({ data }) : printConfig(agent, data),
  )

program
  .command('recipe')
  .description('print how a picture was made, read from its file')
  .argument('<file>', 'a PNG, JPEG or WebP file of this or another tool')
  .action((file: string) => recipe(file))

program
  .command('import')
  .description('take the pictures of a folder into the gallery, with the recipes they carry')
  .argument('<folder>', 'a folder with PNG, JPEG or WebP pictures; those in it are looked through as well')
  .addOption(dataOption())
  .action((folder: string, options: { data: string }) => importFolder(folder, options))

program
  .command('export')
  .description('write pictures with their recipes into a zip archive and print its path')
  .argument('<file>', 'where to write the archive')
  .option('--query <words>', 'only what this search finds (default: everything)', '')
  .addOption(dataOption())
  .action((file: string, options: { data: string; query: string }) => exportPictures(file, options))

program
  .command('doctor')
  .description('look for problems and say what to do about each')
  .option('--verify', 'also read every picture and compare its checksum')
  .option('--repair', 'mend what can be mended; nothing is ever removed')
  .option('--json', 'print the findings as JSON')
  .addOption(dataOption())
  .action((options: DoctorArguments) => doctor(options))

program
  .command('trace')
  .description('tell what happened to a request, also while MystiCanvas does not run')
  .argument('<request>', 'its id, as told with an error, a picture or an event')
  .option('--json', 'print everything that is known as JSON')
  .addOption(dataOption())
  .action((request: string, options: TraceArguments) => trace(request, options))

program
  .command('backup')
  .description('copy the database and list the pictures, also while MystiCanvas runs')
  .argument('[folder]', 'the folder to make (default: a new one in "backups" of the data folder)')
  .option('--pictures', 'copy the pictures as well')
  .option('--json', 'print what was made as JSON')
  .addOption(dataOption())
  .action((folder: string | undefined, options: BackupArguments) => backup(folder, options))

program
  .command('restore')
  .description('go back to a backup; the present database is kept')
  .argument('<backup>', 'a folder that "backup" made, or a database of the "backups" folder')
  .option('--verify', 'also read every picture and compare its checksum')
  .option('--json', 'print what was done as JSON')
  .addOption(dataOption())
  .action((source: string, options: RestoreArguments) => restore(source, options))

program
  .command('version')
  .description('print the version')
  .action(() => void process.stdout.write(`${productVersion}\n`))

try {
  await program.parseAsync()
} catch (error) {
  reportFailure(error)
}

function toNumber(text: string): number {
  const number = Number(text)
  if (text.trim() === '' || !Number.isFinite(number)) throw new InvalidArgumentError('It is not a number.')
  return number
}
