/** "Ctrl+ArrowDown" → "Ctrl+↓": keys as they are printed on a keyboard. */
export function keyWords(keys: string): string {
  return keys.replace("ArrowDown", "↓").replace("ArrowUp", "↑").replace("Escape", "Esc");
}
