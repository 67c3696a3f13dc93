// The only file that talks to the host. In a plain browser (development, component tests) a fake desk answers instead.
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { Changed, Commands, Problem, Progress } from "./contract";

/** The names the host knows each command's arguments by, in order. */
const ARGUMENTS: { [K in keyof Commands]: string[] } = {
  start: [],
  createRegister: ["input"],
  openRegister: ["folder", "officer", "passphrase"],
  recoverRegister: ["folder", "recoveryKey", "officer", "newPassphrase"],
  openPractice: [],
  lock: [],
  saveRecoverySheet: ["recoveryKey", "path"],
  deskState: [],
  choosePath: ["what", "suggested"],
  form: ["noun"],
  values: ["noun", "id"],
  save: ["noun", "id", "values"],
  cases: ["query"],
  caseIds: ["text"],
  selectionSum: ["ids"],
  caseRecord: ["id"],
  editCase: ["id", "field", "value"],
  moveCase: ["id", "to", "note"],
  acceptFinding: ["id", "rule", "reason"],
  find: ["text", "limit"],
  today: [],
  decisionReasons: [],
  decisionPreview: ["outcome", "cases"],
  decide: ["input"],
  letterKinds: ["ids"],
  letterDrafts: ["kind", "ids"],
  letterPreview: ["kind", "caseId"],
  issueLetters: ["kind", "ids", "delivery", "job"],
  letters: ["text", "offset", "limit"],
  letterPdf: ["id"],
  printLetters: ["ids", "choice", "job"],
  saveLetters: ["ids", "folder"],
  cancel: ["job"],
  printers: [],
  printChoice: [],
  setPrintChoice: ["choice"],
  printWindowTest: ["choice"],
  templates: [],
  importOpen: ["path", "programmeId", "roundId"],
  importChooseSheet: ["session", "sheet"],
  importCheck: ["session", "columns", "mappingName"],
  importMend: ["session", "row", "field", "value"],
  importSameBusiness: ["session", "row", "accepted"],
  importTakeAnyway: ["session", "row", "take"],
  importCommit: ["session"],
  importSaveRest: ["session", "path"],
  organisations: ["text", "kind", "offset", "limit"],
  organisationRecord: ["id"],
  people: ["text", "offset", "limit"],
  personRecord: ["id"],
  programmes: [],
  setApprovalLimit: ["programmeId", "role", "amount"],
  officers: [],
  addOfficer: ["values", "passphrase"],
  removeOfficer: ["id"],
  journal: ["before", "limit"],
  undoPlan: ["entry"],
  undo: ["entry"],
  redo: [],
  verify: [],
  backups: [],
  backupNow: [],
  restore: ["file", "passphrase"],
  licences: [],
};

type Host = {
  commands: Commands;
  listen<T>(event: "changed" | "progress", hear: (payload: T) => void): void;
};

const inWindow = "__TAURI_INTERNALS__" in globalThis;

/** A rejection of the host is a Problem; anything else that is thrown is a fault, said in the same form. */
export function asProblem(thrown: unknown): Problem {
  if (typeof thrown === "object" && thrown !== null && "code" in thrown && "message" in thrown) {
    return { field: null, fix: null, findings: [], ...(thrown as Partial<Problem>) } as Problem;
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: "internal", message, field: null, fix: null, findings: [] };
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function windowHost(): Host {
  const commands = Object.fromEntries(
    Object.entries(ARGUMENTS).map(([name, names]) => [
      name,
      async (...values: unknown[]) => {
        try {
          return await invoke(
            snake(name),
            Object.fromEntries(names.map((argument, at) => [argument, values[at] ?? null])),
          );
        } catch (thrown) {
          throw asProblem(thrown);
        }
      },
    ]),
  ) as unknown as Commands;
  return {
    commands,
    listen: (event, hear) => void listen(event, ({ payload }) => hear(payload as never)),
  };
}

async function browserHost(): Promise<Host> {
  // Left out of what is shipped: a production build has no fake desk in it.
  if (import.meta.env.MODE === "production") throw new Error("Voucher Desk runs in its own window.");
  const { fakeHost } = await import("./fake/host");
  return fakeHost();
}

const host: Promise<Host> = inWindow ? Promise.resolve(windowHost()) : browserHost();

export const desk: Commands = new Proxy({} as Commands, {
  get:
    (_, name: keyof Commands) =>
    async (...values: unknown[]) => {
      const command = (await host).commands[name] as (...values: unknown[]) => Promise<unknown>;
      return command(...values);
    },
});

export function onChanged(hear: (changed: Changed) => void): void {
  void host.then((it) => it.listen<Changed>("changed", hear));
}

export function onProgress(hear: (progress: Progress) => void): void {
  void host.then((it) => it.listen<Progress>("progress", hear));
}
