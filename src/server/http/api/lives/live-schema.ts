/** The queries of requests about live messages. */
import * as z from 'zod'

const offset = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number)
  .optional()
  .meta({ type: 'integer', minimum: 0 })

const whole = z
  .string()
  .regex(/^-?\d{1,12}$/)
  .transform(Number)
  .optional()
  .meta({ type: 'integer' })

export const ofGrowing = z.strictObject({ offset: offset.describe('Where the bytes go on. Absent: at the end.') })

export const ofReading = z.strictObject({ offset: offset.describe('The first byte. Absent: 0.') })

export const ofEnd = z.strictObject({
  status: whole.describe('The exit status of the program. Absent: it is not known.'),
  ms: whole.describe('How long it took, in milliseconds.'),
  total: whole.describe('Bytes that the program wrote, if the output has fewer.'),
  interrupted: z
    .enum(['true', 'false'])
    .transform(value => value === 'true')
    .optional()
    .describe('Whether it ended before its end.'),
})
