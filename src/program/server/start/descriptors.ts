/** How many connections the system allows this process: each takes a file descriptor. */
import { DESCRIPTORS_KEPT } from '../../../model/limits.ts'

/** `excludeNetwork`: otherwise a report looks up the name of every address. */
type Report = { excludeNetwork?: boolean; getReport: () => unknown }
type Limits = { readonly userLimits?: { readonly open_files?: { readonly soft?: unknown } } }

/** Null: the system reports no limit. Node has already raised the soft limit to the hard one. */
export function connectionsMost(report: Report = process.report): number | null {
  report.excludeNetwork = true
  const { userLimits } = report.getReport() as Limits
  const soft = userLimits?.open_files?.soft
  return typeof soft === 'number' ? Math.max(1, soft - DESCRIPTORS_KEPT) : null
}

/** A warning for the host; null: the limit is high enough. */
export const tooFew = (most: number | null, clients: number): string | null =>
  most === null || most >= clients
    ? null
    : `The system allows this server only ${most} connections, fewer than --max-clients (${clients}). Raise the limit of open files: ulimit -n, or LimitNOFILE= for systemd.`
