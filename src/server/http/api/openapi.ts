/** The table of routes as an OpenAPI 3.1 document, for people and for client generators. */
import * as z from 'zod'
import manifest from '../../../../package.json' with { type: 'json' }
import type { RouteAnswer } from './route.ts'
import { OPENAPI_PATH, ROUTES } from './routes.ts'

type PlainObject = Readonly<Record<string, unknown>>
type RouteRow = (typeof ROUTES)[number]

export function openApi(): PlainObject {
  const paths: Record<string, Record<string, PlainObject>> = {}
  for (const row of ROUTES) {
    const operations = paths[row.path] ?? {}
    paths[row.path] = { ...operations, [row.method.toLowerCase()]: operation(row) }
  }
  paths[OPENAPI_PATH] = {
    get: {
      operationId: 'describe',
      summary: 'This document.',
      security: [],
      responses: {
        200: { description: 'OpenAPI 3.1.', content: { 'application/json': { schema: { type: 'object' } } } },
      },
    },
  }
  return shared({
    openapi: '3.1.0',
    info: { title: 'rxchat', version: manifest.version, description: 'See docs/api.md.' },
    servers: [{ url: '/' }],
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'The host creates one with TOKEN ADD at the server console.',
        },
        account: { type: 'http', scheme: 'basic', description: 'The name and the password of an account.' },
      },
    },
  })
}

/** A named schema stands once among the components, and everything else refers to it. */
function shared(document: PlainObject): PlainObject {
  const schemas: Record<string, unknown> = {}
  const text = JSON.stringify(document, (key, value) => {
    if (key !== '' && typeof value === 'object' && value !== null && '$defs' in value) {
      const { $defs, ...rest } = value as { readonly $defs: PlainObject }
      Object.assign(schemas, $defs)
      return rest
    }
    return value
  })
  const { components, ...rest } = JSON.parse(text) as { readonly components: PlainObject }
  const whole = JSON.stringify({ ...rest, components: { ...components, schemas } })
  return JSON.parse(whole.replaceAll('"#/$defs/', '"#/components/schemas/')) as PlainObject
}

const operation = ({ id, summary, scope, params, query, headers, body, answers, ...row }: RouteRow): PlainObject => ({
  operationId: id,
  summary,
  ...(scope === null ? { security: [] } : scope === 'account' ? { security: [{ account: [] }] } : {}),
  parameters: [...parameters('path', params), ...parameters('query', query), ...parameters('header', headers)],
  ...('upload' in row ? { requestBody: { required: true, content: UPLOADS[row.upload] } } : {}),
  ...(body === null
    ? {}
    : {
        requestBody: {
          required: true,
          content: {
            'application/json': { schema: schemaOf(body, 'input') },
            'text/plain': { schema: { type: 'string' } },
            'application/x-www-form-urlencoded': { schema: { type: 'string', description: 'The text itself.' } },
          },
        },
      }),
  responses: Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, response(answer)])),
})

const BYTES = { type: 'string', format: 'binary' }
const UPLOADS = {
  file: { 'application/octet-stream': { schema: BYTES } },
  form: {
    'multipart/form-data': {
      schema: {
        type: 'object',
        properties: { text: { type: 'string' }, file: { type: 'array', items: BYTES } },
        required: ['file'],
      },
    },
  },
} as const

const response = ({ description, type, schema }: RouteAnswer): PlainObject => ({
  description,
  content: { [type]: { schema: schema === null ? { type: 'string' } : schemaOf(schema, 'output') } },
})

function parameters(where: 'path' | 'query' | 'header', of: z.ZodType): readonly PlainObject[] {
  const { properties = {}, required = [] } = schemaOf(of, 'input') as {
    readonly properties?: Readonly<Record<string, PlainObject>>
    readonly required?: readonly string[]
  }
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: where,
    required: required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema,
  }))
}

/** The schema, written out in place. */
function schemaOf(of: z.ZodType, io: 'input' | 'output'): PlainObject {
  const { $schema: _, ...schema } = z.toJSONSchema(of, {
    io,
    target: 'draft-2020-12',
    // Fields may be added later: a client that refuses unknown fields would break.
    override: ({ jsonSchema }) => {
      delete jsonSchema.additionalProperties
      delete jsonSchema.id
    },
  })
  return schema
}
