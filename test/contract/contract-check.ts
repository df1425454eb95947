// Judges requests and answers by an OpenAPI file, with Ajv: what the client's own schemas believe plays no part.
import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { parse } from 'yaml'

export interface Exchange {
  readonly method: string
  /** Below the server's base path, without query. */
  readonly path: string
  readonly query: URLSearchParams
  /** Parsed; undefined when there was none. */
  readonly requestBody: unknown
  readonly status: number
  readonly answerBody: unknown
}

interface Parameter {
  readonly name: string
  readonly required?: boolean
}

interface Operation {
  readonly operationId: string
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly $ref: string }
  readonly responses: Readonly<Record<string, { readonly $ref?: string }>>
}

export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

export const documentOf = (file: string): OpenApi => parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as OpenApi

/** Every way in which an exchange departs from the file; none when it keeps to it. */
export function contractCheck(document: OpenApi): (exchange: Exchange) => string[] {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  addFormats.default(ajv)
  ajv.addSchema({ ...document, $id: 'contract' } as object)
  const pointer = (...parts: string[]) => `contract#/${parts.map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`
  const problemsOf = (where: string, schema: string, value: unknown): string[] => {
    const validate = ajv.getSchema(schema)
    if (!validate) return [`${where}: the file has no ${schema}`]
    return validate(value) ? [] : (validate.errors ?? []).map((error) => `${where}${error.instancePath} ${error.message ?? ''}`)
  }
  const bodySchema = (at: string[], reference: string | undefined) =>
    reference ? `contract${reference}/content/application~1json/schema` : pointer(...at, 'content', 'application/json', 'schema')

  return ({ method, path, query, requestBody, status, answerBody }) => {
    const verb = method.toLowerCase()
    const operation = document.paths[path]?.[verb]
    if (!operation) return [`${method} ${path}: not in the file`]
    const name = `${method} ${path}`
    const parameters = operation.parameters ?? []
    const problems = [...query.keys()]
      .filter((key) => !parameters.some((parameter) => parameter.name === key))
      .map((key) => `${name}: the query has ${key}, the file does not`)
    for (const [index, parameter] of parameters.entries()) {
      const value = query.get(parameter.name)
      if (value !== null)
        problems.push(
          ...problemsOf(`${name}?${parameter.name}`, pointer('paths', path, verb, 'parameters', String(index), 'schema'), value),
        )
      else if (parameter.required) problems.push(`${name}: the query lacks ${parameter.name}`)
    }
    if (operation.requestBody)
      problems.push(
        ...problemsOf(`${name} request`, bodySchema(['paths', path, verb, 'requestBody'], operation.requestBody.$ref), requestBody),
      )
    else if (requestBody !== undefined) problems.push(`${name}: a body where the file has none`)
    const response = operation.responses[String(status)]
    if (!response) return [...problems, `${name}: status ${status} is not in the file`]
    return [
      ...problems,
      ...problemsOf(`${name} ${status}`, bodySchema(['paths', path, verb, 'responses', String(status)], response.$ref), answerBody),
    ]
  }
}
