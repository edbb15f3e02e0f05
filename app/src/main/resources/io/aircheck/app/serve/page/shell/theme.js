// Dark or light: what the system says, until the viewer chooses.
const KEY = "aircheck-theme";
const CHOICES = ["system", "dark", "light"];

export const theme = () => localStorage.getItem(KEY) ?? "system";

export function applyTheme() {
  document.documentElement.dataset.theme = theme();
}

export function nextTheme() {
  localStorage.setItem(KEY, CHOICES[(CHOICES.indexOf(theme()) + 1) % CHOICES.length]);
  applyTheme();
  document.dispatchEvent(new CustomEvent("themechange"));
}
