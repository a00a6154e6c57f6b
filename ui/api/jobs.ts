import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import type { JobView } from '../../contracts/entities/job.ts'
import { keys } from './keys.ts'
import { useSession } from './session.ts'

const jobsPerPage = 50

/** Jobs in one state, newest first. Events tell of pictures and of jobs given up; small work is asked for now and then. */
export function useJobs(state: MaybeRefOrGetter<JobView['state']>) {
  const { invoke } = useSession()
  const query = useInfiniteQuery({
    queryKey: computed(() => keys.jobsIn(toValue(state))),
    initialPageParam: null as number | null,
    queryFn: ({ pageParam }) =>
      invoke('list_jobs', {
        state: toValue(state),
        limit: jobsPerPage,
        ...(pageParam !== null && { cursor: pageParam }),
      }),
    getNextPageParam: (last) => last.next_cursor,
    refetchInterval: 5000,
  })
  return { ...query, jobs: computed(() => query.data.value?.pages.flatMap((page) => page.jobs) ?? []) }
}

/** Tries a job again, or takes it out of the queue. */
export function useChangeJob(name: 'retry_job' | 'cancel_job') {
  const { invoke } = useSession()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (job: number) => invoke(name, { job }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.jobs }),
  })
}
