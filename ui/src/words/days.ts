import type { Day, Instant } from "$/lib/contract";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/** "25 Nov 2026" */
export function dayWords(day: Day | null | undefined): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})/.exec(day ?? "");
  return parts ? `${Number(parts[3])} ${MONTHS[Number(parts[2]) - 1]} ${parts[1]}` : (day ?? "");
}

/** Whether it is a day on the wire, and not what somebody typed in place of one. */
export function isDay(text: string | null | undefined): text is Day {
  return /^\d{4}-\d{2}-\d{2}$/.test(text ?? "");
}

/** "25 Nov" in the year of today, else with its year. */
export function dayShort(day: Day | null | undefined, today: Day): string {
  const words = dayWords(day);
  return day && day.slice(0, 4) === today.slice(0, 4) ? words.slice(0, -5) : words;
}

/** "Monday 23 November" */
export function dayLong(day: Day): string {
  return new Date(`${day}T12:00:00Z`).toLocaleDateString("en-GB", {
    weekday: "long",
    day: "numeric",
    month: "long",
    timeZone: "UTC",
  });
}

/** "18 Nov 10:41", in the time of the United Kingdom, where the offices are. */
export function instantWords(instant: Instant | null | undefined, withYear = false): string {
  if (!instant) return "";
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  const at = Object.fromEntries(
    new Intl.DateTimeFormat("en-GB", {
      timeZone: "Europe/London",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "2-digit",
      minute: "2-digit",
    })
      .formatToParts(date)
      .map((part) => [part.type, part.value]),
  );
  const year = withYear ? ` ${at.year}` : "";
  return `${Number(at.day)} ${MONTHS[Number(at.month) - 1]}${year} ${at.hour}:${at.minute}`;
}

/** "09:14" */
export function clockWords(instant: Instant): string {
  return instantWords(instant).slice(-5);
}

export type ReadDay = { ok: true; day: Day } | { ok: false; why: string };

/** What somebody types as a date: 25/11/2026, 25 Nov, fri, today, +3m, or ISO. */
export function readDay(text: string, today: Day): ReadDay {
  const bare = text.trim().toLowerCase().replace(/\s+/g, " ");
  const unreadable: ReadDay = {
    ok: false,
    why: `“${text.trim()}” is not a date. Write it like 25/11/2026, 25 Nov or +3m.`,
  };
  if (bare === "today") return { ok: true, day: today };
  if (bare === "tomorrow") return { ok: true, day: moved(today, 1) };
  if (bare === "yesterday") return { ok: true, day: moved(today, -1) };
  const step = /^([+-])(\d{1,3}) ?([dwmy])$/.exec(bare);
  if (step) return { ok: true, day: stepped(today, Number(step[2]) * (step[1] === "-" ? -1 : 1), step[3] ?? "d") };
  const weekday = bare.length >= 3 ? WEEKDAYS.findIndex((name) => name.startsWith(bare)) : -1;
  if (weekday >= 0) {
    const now = new Date(`${today}T12:00:00Z`).getUTCDay();
    return { ok: true, day: moved(today, (weekday - now + 7) % 7 || 7) };
  }
  const year = Number(today.slice(0, 4));
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(bare);
  if (iso) return made(Number(iso[1]), Number(iso[2]), Number(iso[3]), text);
  const slashed = /^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?$/.exec(bare);
  if (slashed) return made(fullYear(slashed[3], year), Number(slashed[2]), Number(slashed[1]), text);
  const named = /^(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3,9})\.?(?: (\d{4}|\d{2}))?$/.exec(bare);
  if (named) {
    const month = MONTHS.findIndex((name) => named[2]?.startsWith(name.toLowerCase()));
    if (month >= 0) return made(fullYear(named[3], year), month + 1, Number(named[1]), text);
  }
  return unreadable;
}

function fullYear(written: string | undefined, thisYear: number): number {
  if (!written) return thisYear;
  return written.length === 2 ? 2000 + Number(written) : Number(written);
}

function made(year: number, month: number, day: number, text: string): ReadDay {
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year >= 1900 && year < 2200;
  return exists
    ? { ok: true, day: date.toISOString().slice(0, 10) }
    : { ok: false, why: `There is no day “${text.trim()}”.` };
}

function moved(day: Day, days: number): Day {
  const date = new Date(`${day}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

function stepped(day: Day, count: number, unit: string): Day {
  if (unit === "d") return moved(day, count);
  if (unit === "w") return moved(day, count * 7);
  const months = unit === "y" ? count * 12 : count;
  const date = new Date(`${day.slice(0, 7)}-01T12:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(Number(day.slice(8, 10)), last));
  return date.toISOString().slice(0, 10);
}
