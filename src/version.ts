// Which version this is, from package.json: the one place that holds it.
import packageFile from '../package.json' with { type: 'json' }

export const version: string = packageFile.version
