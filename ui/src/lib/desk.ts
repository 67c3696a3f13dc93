// The only file that talks to the host. In a plain browser (development, component tests) a fake desk answers instead.
import { listen } from "@tauri-apps/api/event";
import { commands as bindings } from "./bindings";
import type { Changed, Commands, Problem, Progress } from "./contract";

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

/** The generated commands are the contract's, or this does not compile. */
const generated: Commands = bindings;

function windowHost(): Host {
  const commands = Object.fromEntries(
    Object.entries(generated).map(([name, call]) => [
      name,
      async (...values: unknown[]) => {
        try {
          return await (call as (...values: unknown[]) => Promise<unknown>)(...values);
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
