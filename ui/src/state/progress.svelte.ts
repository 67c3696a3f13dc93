// Long work: how far it is, by job.
import type { Progress } from "$/lib/contract";
import { onProgress } from "$/lib/desk";

let jobs = $state.raw<Record<string, Progress>>({});
onProgress((progress) => (jobs = { ...jobs, [progress.job]: progress }));

export function progressOf(job: string | null): Progress | null {
  return job ? (jobs[job] ?? null) : null;
}

let started = 0;
/** A name for a piece of work, by which it can be followed and cancelled. */
export function newJob(what: string): string {
  started += 1;
  return `${what}-${Date.now().toString(36)}-${started}`;
}
